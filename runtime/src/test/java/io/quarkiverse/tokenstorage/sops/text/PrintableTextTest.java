package io.quarkiverse.tokenstorage.sops.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
