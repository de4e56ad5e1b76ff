package io.quarkiverse.tokenstorage.sops.shamir;

/**
 * The field of AES: GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4). Addition is {@code ^}. Elements are ints
 * from 0 to 255. Every operation takes the same steps whatever the elements are.
 */
final class Gf256 {

    /** The modulus without its highest term. */
    private static final int REDUCTION = 0x1B;

    private Gf256() {
    }

    static int multiply(int a, int b) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            // Negating 0 or 1 makes a mask of no or all bits
            int overflow = -(product >> 7) & REDUCTION;
            product = product << 1 & 0xFF ^ overflow ^ -(b >> bit & 1) & a;
        }
        return product;
    }

    /** The element that makes 1 with {@code a}: its 254th power; 0 for 0. */
    static int inverse(int a) {
        int power = a;
        // 254 = 11111110 in binary: square seven times, multiply after each but the last
        for (int i = 0; i < 6; i++) {
            power = multiply(multiply(power, power), a);
        }
        return multiply(power, power);
    }
}
