package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/**
 * A native age identity (X25519 secret key) with its recipient, computed once. Closing zeroes it. Thread-safe as long as
 * nobody closes it.
 */
final class AgeIdentity implements AutoCloseable {

    /** What the text of every such identity starts with. */
    static final String PREFIX = "AGE-SECRET-KEY-1";

    private static final String HUMAN_READABLE_PART = "AGE-SECRET-KEY-";

    private final byte[] scalar;
    private final byte[] publicKey;
    private final String recipient;

    /** Takes over {@code scalar}. */
    private AgeIdentity(byte[] scalar, X25519 x25519) {
        this.scalar = scalar;
        this.publicKey = x25519.publicKey(scalar);
        this.recipient = AgeRecipient.text(publicKey);
    }

    /**
     * @param text the identity in upper case, as age writes it; not kept
     * @throws IllegalArgumentException if it is malformed; the message says nothing of the text
     */
    static AgeIdentity parse(CharBuffer text, X25519 x25519) {
        byte[] scalar = Bech32Text.decode(text, HUMAN_READABLE_PART);
        if (scalar.length != X25519.LENGTH) {
            Arrays.fill(scalar, (byte) 0);
            throw new IllegalArgumentException("malformed secret key");
        }
        return new AgeIdentity(scalar, x25519);
    }

    static AgeIdentity generate(SecureRandom random, X25519 x25519) {
        byte[] scalar = new byte[X25519.LENGTH];
        random.nextBytes(scalar);
        return new AgeIdentity(scalar, x25519);
    }

    /** The public half as text: {@code age1…}. */
    String recipient() {
        return recipient;
    }

    /** The array itself; not to be changed. */
    byte[] publicKey() {
        return publicKey;
    }

    /** The array itself; not to be kept. */
    byte[] scalar() {
        return scalar;
    }

    /** The secret text, for the identity file only. */
    String secretText() {
        return Bech32Text.encode(HUMAN_READABLE_PART, scalar).toUpperCase(Locale.ROOT);
    }

    @Override
    public void close() {
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
