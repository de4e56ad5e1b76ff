package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeArmorTest {

    private static final byte[] FILE = { 'a', 'g', 'e', '-', 1, 2, 3, 4, 5, 6 };
    private static final String ARMORED = AgeArmor.encode(FILE);

    @Test
    void everyLengthComesBack() {
        Random random = new Random(3);
        for (int length = 1; length < 200; length++) {
            byte[] file = new byte[length];
            random.nextBytes(file);
            assertThat(AgeArmor.decode(AgeArmor.encode(file))).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "\r\n", " \n", "\t\r\n \n" })
    void linesOfBlankSpaceMayStandAround(String blank) {
        assertThat(AgeArmor.decode(blank + ARMORED + blank)).isEqualTo(FILE);
    }

    @Test
    void carriageReturnsMayEndLines() {
        assertThat(AgeArmor.decode(ARMORED.replace("\n", "\r\n"))).isEqualTo(FILE);
        assertThat(AgeArmor.decode(ARMORED.stripTrailing())).isEqualTo(FILE);
    }

    /** As {@code age} refuses it. */
    @ParameterizedTest
    @ValueSource(strings = { " ", "\t", "\r", "x" })
    void nothingMayStandInTheLinesOfHeaderAndFooter(String more) {
        assertRefused(more + ARMORED);
        assertRefused("\n" + more + ARMORED);
        assertRefused(ARMORED.replace("FILE-----\n", "FILE-----" + more + (more.equals("\r") ? "\r\n" : "\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = { " ", "\t", "x", " \n", "\t\n", "\r \n" })
    void nothingMayFollowTheFooterInItsLine(String more) {
        assertRefused(ARMORED.stripTrailing() + more);
    }

    @Test
    void moreBlankSpaceThanAgeReadsIsRefused() {
        assertThat(AgeArmor.decode("\n".repeat(1024) + ARMORED)).isEqualTo(FILE);
        assertRefused("\n".repeat(1025) + ARMORED);
    }

    private static void assertRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AgeArmor.decode(text)).withMessageContaining("armor");
    }
}
