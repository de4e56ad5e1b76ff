package io.quarkiverse.tokenstorage.sops.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
            "2026-05-22T20:16:18Z, 2026-05-22T20:16:18Z, 2026-05-22T20:16:18Z",
            "2026-05-22T20:16:00Z, 2026-05-22T20:16:00Z, 2026-05-22T20:16:00Z",
            "2026-05-22T20:16:18+00:00, 2026-05-22T20:16:18Z, 2026-05-22T20:16:18Z",
            "2026-05-22T20:16:18.999999999-07:30, 2026-05-22T20:16:18-07:30, 2026-05-22T20:16:18.999999999-07:30",
            "2026-05-22T20:16:18.5000Z, 2026-05-22T20:16:18Z, 2026-05-22T20:16:18.5Z",
            "2026-05-22T20:16:18.12345678987654Z, 2026-05-22T20:16:18Z, 2026-05-22T20:16:18.123456789Z",
            "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
            "2024-02-29T23:59:59.010Z, 2024-02-29T23:59:59Z, 2024-02-29T23:59:59.01Z" })
    void writesWhatItReadAsGoDoes(String text, String seconds, String nanos) {
        assertThat(Rfc3339.formatSeconds(Rfc3339.parse(text).orElseThrow())).isEqualTo(seconds);
        assertThat(Rfc3339.formatNanos(Rfc3339.parse(text).orElseThrow())).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "2026-05-22", "2026-05-22T20:16Z", "2026-05-22T20:16:18", "2026-05-22 20:16:18Z",
            "2026-05-22T20:16:18z", "2026-05-22t20:16:18Z", "2026-05-22T20:16:18.Z", "2026-05-22T20:16:18.5",
            "2026-05-22T20:16:18+0200", "2026-05-22T20:16:18+02", "2026-05-22T20:16:18+02:60", "2026-05-22T20:16:18+02:00x",
            "2026-05-22T20:16:18Zx", "2026-13-22T20:16:18Z", "2026-02-29T20:16:18Z", "2026-05-22T24:00:00Z",
            "2026-05-22T20:60:18Z", "2026-05-22T20:16:60Z", "-026-05-22T20:16:18Z", "\u0662026-05-22T20:16:18Z",
            "2026-05-22T20:16:18+99:00" })
    void refusesEveryOtherForm(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
