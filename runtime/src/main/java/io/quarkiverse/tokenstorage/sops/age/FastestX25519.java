package io.quarkiverse.tokenstorage.sops.age;

import java.security.InvalidKeyException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link X25519} of the Java platform for the first calls, then BouncyCastle's if the application has that library. The
 * latter takes half the time for each call, but its signed archive takes some 0.3 s to open: a command that reads one token
 * is over before that pays off.
 *
 * <p>
 * This is the one place that may meet a missing BouncyCastle; a native image that links everything at build time passes
 * {@link JdkX25519} (or {@link BouncyCastleX25519}) to {@link AgeKeyService} instead of coming here.
 */
public final class FastestX25519 implements X25519 {

    private static final int CALLS_BEFORE_CHOICE = 16;

    private final AtomicInteger calls = new AtomicInteger();
    private volatile X25519 current = new JdkX25519();

    private FastestX25519() {
    }

    public static X25519 detect() {
        return new FastestX25519();
    }

    @Override
    public byte[] publicKey(byte[] scalar) {
        return current().publicKey(scalar);
    }

    @Override
    public byte[] sharedSecret(byte[] scalar, byte[] otherPublicKey) throws InvalidKeyException {
        return current().sharedSecret(scalar, otherPublicKey);
    }

    /** One thread makes the choice; meanwhile the others go on with what there is. */
    private X25519 current() {
        if (calls.get() < CALLS_BEFORE_CHOICE && calls.incrementAndGet() == CALLS_BEFORE_CHOICE) {
            try {
                current = new BouncyCastleX25519();
            } catch (LinkageError e) {
                // Not on the class path: stay with the platform's
            }
        }
        return current;
    }
}
