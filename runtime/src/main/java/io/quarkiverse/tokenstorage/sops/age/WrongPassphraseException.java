package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;

/** This passphrase does not open it. */
final class WrongPassphraseException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    WrongPassphraseException() {
        super("wrong passphrase");
    }
}
