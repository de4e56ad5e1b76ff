package io.quarkiverse.tokenstorage.sops.age;

import java.util.Arrays;

import javax.crypto.SecretKey;

/** A key for one of Java's ciphers or codes that can be zeroed, as that of Java itself cannot. Not thread-safe. */
final class SymmetricKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final String algorithm;
    private boolean destroyed;

    /** Takes over {@code bytes}. */
    SymmetricKey(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, as ciphers zero what they are given. */
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("The key is destroyed");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }
}
