package io.quarkiverse.tokenstorage.sops.age;

import java.security.NoSuchAlgorithmException;

/** An algorithm is needed that the Java platform lacks, and the library that has it is not there; the message names it. */
final class MissingBouncyCastleException extends NoSuchAlgorithmException {

    private static final long serialVersionUID = 1L;

    MissingBouncyCastleException(String message) {
        super(message);
    }
}
