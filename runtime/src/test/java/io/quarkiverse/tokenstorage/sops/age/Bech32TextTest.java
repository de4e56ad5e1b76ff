package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bech32TextTest {

    @Test
    void takesWhatItGivesOfAnyLengthAndBothCases() {
        Random random = new Random(1);
        for (int length = 0; length <= 1216; length += length < 64 ? 1 : 64) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            String lower = Bech32Text.encode("age1pq", data);
            assertThat(Bech32Text.decode(lower, "age1pq")).isEqualTo(data);
            String upper = Bech32Text.encode("AGE-SECRET-KEY-PQ-", data);
            assertThat(upper).isEqualTo(upper.toUpperCase(Locale.ROOT));
            assertThat(Bech32Text.decode(upper, "AGE-SECRET-KEY-PQ-")).isEqualTo(data);
        }
    }

    /** The valid test vectors of BIP 173 whose data is a whole number of bytes. */
    @ParameterizedTest
    @ValueSource(strings = { "A12UEL5L", "a12uel5l",
            "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
            "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "?1ezyfcl" })
    void takesTheVectorsOfItsSpecification(String text) {
        String part = text.substring(0, text.lastIndexOf('1'));
        assertThat(Bech32Text.encode(part, Bech32Text.decode(text, part))).isEqualTo(text);
    }

    @Test
    void noticesEveryChange() {
        String text = AgeVectors.RECIPIENT;
        for (int i = 0; i < text.length(); i++) {
            for (char other : "q1Aé\u0130\u017f \0".toCharArray()) {
                if (text.charAt(i) != other) {
                    assertMalformed(text.substring(0, i) + other + text.substring(i + 1));
                }
            }
            assertMalformed(text.substring(0, i));
            assertMalformed(text.substring(0, i) + 'q' + text.substring(i));
            assertMalformed(text.substring(0, i) + text.substring(i + 1));
        }
        assertMalformed(text.toUpperCase(Locale.ROOT));
        assertMalformed("a".repeat(5000));
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> Bech32Text.decode(text, "age")).as(text).isInstanceOf(IllegalArgumentException.class);
    }
}
