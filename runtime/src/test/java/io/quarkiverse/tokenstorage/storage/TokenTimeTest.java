package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTimeTest {

    @ParameterizedTest
    @CsvSource({
            "2026-01-03T15:30:00Z, 2026-01-03T15:30:00Z",
            "2026-01-03t15:30:00z, 2026-01-03T15:30:00Z",
            "2026-01-03 15:30:00Z, 2026-01-03T15:30:00Z",
            "2026-01-03T15:30:00, 2026-01-03T15:30:00Z",
            "2026-01-03T15:30:00.999999, 2026-01-03T15:30:00Z",
            "2026-01-03T15:30:00.123456+00:00, 2026-01-03T15:30:00Z",
            "2026-01-03T17:30:00+02:00, 2026-01-03T15:30:00Z",
            "2026-01-03T10:00:00-05:30, 2026-01-03T15:30:00Z",
            "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z" })
    void readsRfc3339(String text, Instant moment) {
        assertThat(TokenTime.parse(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "soon", "2026-01-03", "2026-13-03T15:30:00Z", "2026-01-03T25:30:00Z", "1767454200",
            "2026-01-03T15:30:00+2", "-2026-01-03T15:30:00Z", "+12026-01-03T15:30:00Z",
            "2026-01-03T15:30:00Z and more text than any moment has, far more of it" })
    void refusesWhatIsNoMoment(String text) {
        assertThat(TokenTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1, 1e18, Double.NaN, Double.POSITIVE_INFINITY })
    void refusesNumbersOutOfRange(double number) {
        assertThat(TokenTime.ofEpoch(number)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "0, 1970-01-01T00:00:00Z", "1767454200, 2026-01-03T15:30:00Z", "253402300799, 9999-12-31T23:59:59Z",
            "253402300800, 1978-01-11T21:31:40Z", "1278448384422, 2010-07-06T20:33:04Z",
            "253402300799999, 9999-12-31T23:59:59Z" })
    void takesNumbersBeyondTheYear9999ForMilliseconds(double number, Instant moment) {
        assertThat(TokenTime.ofEpoch(number)).contains(moment);
    }
}
