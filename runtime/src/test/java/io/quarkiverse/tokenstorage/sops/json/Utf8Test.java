package io.quarkiverse.tokenstorage.sops.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    /** R stands for U+FFFD. The expectations are what Go's range over a string yields. */
    @ParameterizedTest
    @CsvSource({ "80, R", "c3, R", "c328, R(", "c0af, RR", "c1bf, RR", "e28241, RRA", "e28080, '\u2000'", "eda080, RRR",
            "ee8080, \uE000", "e08080, RRR", "e09fbf, RRR", "f08080af, RRRR", "f4908080, RRRR", "f5808080, RRRR", "f09f98, RRR",
            "f09f9880, 😀", "f48fbfbf, \uDBFF\uDFFF", "ff, R", "efbfbd80, RR", "41f09f41, ARRA", "c3a9, é" })
    void replacesEachByteThatIsNotPartOfACharacter(String hex, String expected) {
        assertThat(Utf8.decode(HexFormat.of().parseHex(hex))).isEqualTo(expected.replace('R', '\uFFFD'));
    }

    @Test
    void writesLoneSurrogatesAsReplacementCharacters() {
        assertThat(Utf8.encode("a\uD800b\uDC00\uDC00\uD83D\uDE00\uD83D"))
                .isEqualTo("a\uFFFDb\uFFFD\uFFFD😀\uFFFD".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsEveryCharacter() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x1000 ? 1 : 97) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        // U+FFFD sends decoding on its slow path
        String text = all.append('\uFFFD').toString();
        assertThat(Utf8.decode(Utf8.encode(text))).isEqualTo(text);
    }
}
