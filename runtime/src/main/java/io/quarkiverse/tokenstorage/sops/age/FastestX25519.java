package io.quarkiverse.tokenstorage.sops.age;

/**
 * Chooses the {@link X25519} to use. This is the one place that may meet a missing BouncyCastle; a native image that links
 * everything at build time passes {@link JdkX25519} (or {@link BouncyCastleX25519}) to {@link AgeKeyService} instead of
 * coming here.
 */
public final class FastestX25519 {

    private FastestX25519() {
    }

    /** BouncyCastle's if the application has that library, else the Java platform's. */
    public static X25519 detect() {
        try {
            return new BouncyCastleX25519();
        } catch (LinkageError e) {
            return new JdkX25519();
        }
    }
}
