package io.quarkiverse.tokenstorage.sops.value;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret that the values of one document are encrypted with, or a share of it. Closing zeroes it; it then answers
 * {@link IllegalStateException}. Not thread-safe.
 */
public final class DataKey implements AutoCloseable {

    /** The length of a data key in bytes: AES-256. */
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private boolean closed;

    private DataKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static DataKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new DataKey(bytes);
    }

    /** Takes over {@code bytes}: the caller must not use the array any more. */
    public static DataKey owning(byte[] bytes) {
        return new DataKey(bytes);
    }

    /** The bytes themselves, not a copy; valid until {@link #close}. */
    public byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("The data key is closed");
        }
        return bytes;
    }

    public DataKey copy() {
        return new DataKey(bytes().clone());
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "DataKey";
    }
}
