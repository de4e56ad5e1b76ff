package io.quarkiverse.tokenstorage.sops.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64Test {

    private final Random random = new Random(1);

    @Test
    void agreesWithJavaForEveryLength() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String padded = Base64.getEncoder().encodeToString(bytes);
            assertThat(encoded(bytes)).isEqualTo(padded);
            assertThat(decoded(padded)).isEqualTo(bytes);
            assertThat(bare(Base64.getEncoder().withoutPadding().encodeToString(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void keepsToItsPart() {
        byte[] text = "<....>".getBytes(StandardCharsets.US_ASCII);
        assertThat(StrictBase64.encode(new byte[] { 1, -1, 2 }, 1, 2, text, 1)).isEqualTo(5);
        assertThat(text).asString(StandardCharsets.US_ASCII).isEqualTo("</w==>");
        byte[] bytes = { 7, 7, 7 };
        assertThat(StrictBase64.decode("</w==>", 1, 5, bytes, 1)).isTrue();
        assertThat(bytes).containsExactly(7, -1, 7);
    }

    /** All two-byte and one-byte endings, and what differs from them in one character. */
    @Test
    void readsOneTextOnlyForEachSequenceOfBytes() {
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
        for (char first : characters.toCharArray()) {
            for (char second : characters.toCharArray()) {
                for (String text : new String[] { "" + first + second + "==", "A" + first + second + "=",
                        "AA" + first + second }) {
                    byte[] bytes = decoded(text);
                    assertThat(bytes == null || encoded(bytes).equals(text)).as(text).isTrue();
                    assertThat(bytes != null).as(text).isEqualTo(isCanonical(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "A", "AA", "AAA", "AAAAA", "=", "====", "A===", "AA=A", "AAAA====", "AA==AAAA", "AAA\n", " AAA",
            "AA-_",
            "AAA\u0141", "AAA\u00c1", "AAA\uffff", "AAA\u0000", "AAA\r\n" })
    void refusesWhatIsNotPaddedBase64(String text) {
        assertThat(decoded(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "A", "AAAAA", "AA=", "AA==", "AAA=", "AB", "AAB", "A\u0141", "AAA\u0141AA" })
    void refusesWhatIsNotBareBase64(String text) {
        assertThat(bare(text)).isNull();
    }

    private static boolean isCanonical(String text) {
        try {
            return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encoded(byte[] bytes) {
        byte[] text = new byte[StrictBase64.encodedLength(bytes.length)];
        assertThat(StrictBase64.encode(bytes, 0, bytes.length, text, 0)).isEqualTo(text.length);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(String text) {
        byte[] bytes = new byte[text.length()];
        boolean canonical = StrictBase64.decode(text, 0, text.length(), bytes, 0);
        return canonical ? Arrays.copyOf(bytes, StrictBase64.decodedLength(text, 0, text.length())) : null;
    }

    private static byte[] bare(String text) {
        byte[] bytes = new byte[text.length()];
        boolean canonical = StrictBase64.decodeBare(text, 0, text.length(), bytes, 0);
        return canonical ? Arrays.copyOf(bytes, StrictBase64.bareLength(0, text.length())) : null;
    }
}
