package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

class TerminalTextTest {

    @ParameterizedTest
    @CsvSource({ "1, in 1 second", "59, in 59 seconds", "119, in 119 seconds", "120, in 2 minutes", "3599, in 60 minutes",
            "7199, in 120 minutes", "7200, in 2 hours", "172800, in 2 days", "31536000, in 365 days", "0, 0 seconds ago",
            "-1, 1 second ago", "-90, 90 seconds ago", "-7200, 2 hours ago" })
    void momentsAreSaidInTheUnitThatFits(long seconds, String expected) {
        Instant now = Instant.parse("2026-01-03T15:30:00Z");

        assertThat(RelativeTime.of(now.plusSeconds(seconds), now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "LANG, C, UTF-8", "LANG, POSIX, UTF-8", "LANG, en_US.UTF-8, UTF-8", "LANG, C.utf8, UTF-8", "LANG, '', UTF-8",
            "LANG, de_DE.ISO-8859-1, ISO-8859-1", "LC_ALL, de_DE.ISO-8859-15@euro, ISO-8859-15", "LC_CTYPE, x.nonsense, UTF-8",
            "LANG, x.?!, UTF-8" })
    void theLocaleNamesTheEncodingAndNoneMeansUtf8(String variable, String value, String expected) {
        HostEnvironment environment = new HostEnvironment(Map.of(variable, value), Path.of("/"), "/", OperatingSystem.LINUX);

        assertThat(TerminalCharset.of(environment)).isEqualTo(Charset.forName(expected));
    }

    @ParameterizedTest
    @CsvSource({ "SUCCESS, \u2713, ok", "FAILURE, \u2717, FAIL", "WARNING, !, !", "SKIPPED, -, -" })
    void marksFallBackToWords(Mark mark, String sign, String word) {
        assertThat(mark.in(StandardCharsets.UTF_8)).isEqualTo(sign);
        assertThat(mark.in(StandardCharsets.US_ASCII)).isEqualTo(word);
    }
}
