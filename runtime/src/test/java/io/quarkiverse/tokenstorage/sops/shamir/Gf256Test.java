package io.quarkiverse.tokenstorage.sops.shamir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Gf256Test {

    /** As one does it on paper: multiply without carry, then divide by the modulus and keep the remainder. */
    private static int onPaper(int a, int b) {
        int product = 0;
        for (int i = 0; i < 8; i++) {
            if ((b & 1 << i) != 0) {
                product ^= a << i;
            }
        }
        for (int i = 14; i >= 8; i--) {
            if ((product & 1 << i) != 0) {
                product ^= 0x11B << i - 8;
            }
        }
        return product;
    }

    @Test
    void multipliesAllElements() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertThat(Gf256.multiply(a, b)).as("%d * %d", a, b).isEqualTo(onPaper(a, b));
            }
        }
        assertThat(Gf256.multiply(0x57, 0x83)).as("FIPS 197, section 4.2").isEqualTo(0xC1);
        assertThat(Gf256.multiply(0x57, 0x13)).as("FIPS 197, section 4.2.1").isEqualTo(0xFE);
    }

    @Test
    void everyElementButZeroHasAnInverse() {
        for (int a = 1; a < 256; a++) {
            assertThat(onPaper(a, Gf256.inverse(a))).as("%d", a).isEqualTo(1);
        }
        assertThat(Gf256.inverse(0)).isZero();
    }
}
