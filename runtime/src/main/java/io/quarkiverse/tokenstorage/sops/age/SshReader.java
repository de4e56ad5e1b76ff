package io.quarkiverse.tokenstorage.sops.age;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the binary encoding of SSH (RFC 4251 §5). Every failure is an {@link IllegalArgumentException} without content. */
final class SshReader {

    private final byte[] bytes;
    private int position;

    SshReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int uint32() {
        require(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | bytes[position++] & 0xff;
        }
        return value;
    }

    /** A copy; the caller zeroes it if it is secret. */
    byte[] string() {
        int length = uint32();
        require(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    String text() {
        return new String(string(), StandardCharsets.ISO_8859_1);
    }

    /** A number that must be positive. */
    BigInteger mpint() {
        byte[] encoded = string();
        try {
            BigInteger value = encoded.length == 0 ? BigInteger.ZERO : new BigInteger(encoded);
            if (value.signum() <= 0) {
                throw new IllegalArgumentException("a number is not positive");
            }
            return value;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Everything that is left. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
        position = bytes.length;
        return rest;
    }

    void requireEnd() {
        if (position != bytes.length) {
            throw new IllegalArgumentException("something follows its end");
        }
    }

    private void require(int length) {
        if (length < 0 || length > bytes.length - position) {
            throw new IllegalArgumentException("it is cut off");
        }
    }
}
