package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** A document to be encrypted has a top-level member {@code sops}: it is encrypted already, or the name is taken. */
public final class AlreadyEncryptedException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public AlreadyEncryptedException(String message) {
        super(message);
    }

    public static AlreadyEncryptedException reservedMember() {
        return new AlreadyEncryptedException("The document has a top-level member 'sops': it is encrypted already, or that"
                + " member must be renamed or moved, because SOPS keeps its own data there");
    }
}
