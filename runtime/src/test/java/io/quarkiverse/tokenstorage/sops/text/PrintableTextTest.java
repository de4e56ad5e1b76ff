package io.quarkiverse.tokenstorage.sops.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of others in our lines. */
class PrintableTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "plain text, and ü            | plain text, and ü",
            "a\u0007b\u202ec              | a?b?c",
            "<img src=x onerror=alert(1)> | ‹img src=x onerror=alert(1)›",
            "x AGE-SECRET-KEY-1ABCDEF y   | x AGE-SECRET-KEY-… y",
            "age-plugin-yubikey-1QQ       | age-plugin-yubikey-…",
    })
    void isOneHarmlessLine(String text, String shown) {
        assertThat(PrintableText.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = { "an identity starts with AGE-SECRET-KEY-1 or AGE-SECRET-KEY-PQ-1",
            "what starts with AGE-PLUGIN-NAME-1 is one", "AGE-SECRET-KEY-" })
    void leavesWhatIsSaidOfIdentities(String text) {
        assertThat(PrintableText.of(text)).isEqualTo(text);
        assertThat(PrintableText.holdsIdentity(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "key AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM., key AGE-SECRET-KEY-….",
            "age-secret-key-1csyhvc0llr6gjj54g03yvwk2, age-secret-key-…", "AGE-SECRET-KEY-PQ-1QQQQ, AGE-SECRET-KEY-…",
            "AGE-SECRET-KEY-1QQQQ, AGE-SECRET-KEY-…", "AGE-SECRET-KEY-…, AGE-SECRET-KEY-…",
            "AGE-PLUGIN-YUBIKEY-1GKZE5QYZR9QX, AGE-PLUGIN-YUBIKEY-…" })
    void cutsIdentities(String text, String printable) {
        assertThat(PrintableText.of(text)).isEqualTo(printable);
        assertThat(PrintableText.holdsIdentity(text)).isTrue();
    }
}
