package io.quarkiverse.tokenstorage.sops.age;

/**
 * The algorithms that the Java platform lacks, if the application has BouncyCastle. Loaded when they are first needed: its
 * signed archive takes some 0.3 s to open.
 *
 * <p>
 * Beside {@link FastestX25519} the one place that may meet a missing BouncyCastle.
 */
public final class OptionalBouncyCastle {

    private static final String DEPENDENCY = "org.bouncycastle:bcprov-jdk18on";

    private OptionalBouncyCastle() {
    }

    /**
     * @param purpose what needs it, as the subject of a sentence in the plural: {@code post-quantum identities}
     * @throws MissingBouncyCastleException if it is not there, or too old
     */
    static AdditionalAlgorithms required(String purpose) throws MissingBouncyCastleException {
        if (find() instanceof AdditionalAlgorithms algorithms) {
            return algorithms;
        }
        throw new MissingBouncyCastleException(purpose + " need BouncyCastle: add the dependency " + DEPENDENCY
                + " to the application, version 1.86 or newer");
    }

    /**
     * Declares a type that a native image can name from outside: one without BouncyCastle has another method in this place.
     *
     * @return null if there is none
     */
    private static Object find() {
        try {
            return new BouncyCastleAlgorithms();
        } catch (LinkageError | IllegalArgumentException e) {
            // Not there, or from a time before it had all of this
            return null;
        }
    }
}
