package io.quarkiverse.tokenstorage.sops.age;

import java.math.BigInteger;

/** Ed25519 public keys as X25519 ones: RFC 7748 §4.1, the birational map. Public numbers only, so time may tell of them. */
final class EdwardsPoint {

    private static final int LENGTH = 32;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger P = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modPow(P.subtract(BigInteger.TWO), P)).mod(P);

    private EdwardsPoint() {
    }

    /**
     * The u-coordinate of a point of the curve edwards25519 on curve25519.
     *
     * @param encoded 32 bytes (RFC 8032 §5.1.2)
     * @throws IllegalArgumentException if it is not a point of the curve
     */
    static byte[] montgomery(byte[] encoded) {
        BigInteger y = littleEndian(encoded).clearBit(255).mod(P);
        BigInteger ySquared = y.multiply(y).mod(P);
        BigInteger xSquared = ySquared.subtract(ONE).multiply(inverse(D.multiply(ySquared).add(ONE))).mod(P);
        if (xSquared.modPow(P.subtract(ONE).shiftRight(1), P).compareTo(ONE) > 0) {
            throw new IllegalArgumentException("it is not a point of the curve");
        }
        return littleEndian(ONE.add(y).multiply(inverse(ONE.subtract(y))).mod(P));
    }

    /** As in the fields of all implementations, zero is the inverse of zero. */
    private static BigInteger inverse(BigInteger value) {
        return value.mod(P).modPow(P.subtract(BigInteger.TWO), P);
    }

    private static BigInteger littleEndian(byte[] encoded) {
        byte[] bigEndian = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bigEndian[i] = encoded[LENGTH - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] encoded = new byte[LENGTH];
        byte[] bigEndian = value.toByteArray();
        for (int i = 0; i < Math.min(LENGTH, bigEndian.length); i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return encoded;
    }
}
