package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** A private key is here, under a passphrase that somebody would have to be asked for, and this was not to ask. */
public final class PassphraseRequiredException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public PassphraseRequiredException(String message) {
        super(message);
    }
}
