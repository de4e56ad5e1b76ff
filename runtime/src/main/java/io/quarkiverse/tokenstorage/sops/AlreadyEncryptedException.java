package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** A document to be encrypted has a top-level member {@code sops}: it is encrypted already, or the name is taken. */
public final class AlreadyEncryptedException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public AlreadyEncryptedException(String message) {
        super(message);
    }
}
