package io.quarkiverse.tokenstorage.sops.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final String DIGITS = "40954A07BA38943BA63D458E991A4E62886DE346";

    @Test
    void keepsTheTextButForBlanks() {
        Fingerprint fingerprint = Fingerprint.parse(" 4095 4a07 BA38 943B A63D  458E 991A 4E62 886D E346! ");
        assertThat(fingerprint.text()).isEqualTo("40954a07BA38943BA63D458E991A4E62886DE346!");
        assertThat(fingerprint.digits()).isEqualTo(DIGITS);
        assertThat(fingerprint.exact()).isTrue();
        assertThat(Fingerprint.parse(DIGITS).exact()).isFalse();
        assertThat(Fingerprint.parse("0x" + DIGITS).digits()).isEqualTo(DIGITS);
        assertThat(Fingerprint.parse(DIGITS + "0".repeat(24)).digits()).hasSize(64);
    }

    @Test
    void knowsItsKey() {
        for (String text : new String[] { DIGITS, DIGITS.toLowerCase(), DIGITS + "!", "0x" + DIGITS, "991A4E62886DE346" }) {
            assertThat(Fingerprint.parse(text).names(DIGITS)).as(text).isTrue();
            assertThat(Fingerprint.parse(text).names(DIGITS + "!")).as(text).isTrue();
            assertThat(Fingerprint.parse(text).names(DIGITS.replace('3', '4'))).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "!", "--foo", "-o/tmp/x", "-", "alice@example.com", "0x", "886DE346", DIGITS + "!!",
            "!" + DIGITS,
            "=" + DIGITS, DIGITS + "\n", DIGITS + "\0", "&" + DIGITS, DIGITS + "0", "４0954A07BA38943BA63D458E991A4E62886DE346",
            "-" + DIGITS,
            "--recipient=" + DIGITS })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fingerprint of a PGP key").hasMessageContaining("gpg --list-keys")
                .message().hasSizeLessThan(500).doesNotContain("\n");
    }

    @Test
    void quotesOnlyTheBeginningOfALongText() {
        assertThatThrownBy(() -> Fingerprint.parse("x".repeat(100_000))).message().hasSizeLessThan(500);
        assertThatThrownBy(() -> Fingerprint.parse("A".repeat(100_000))).message().hasSizeLessThan(500);
    }
}
