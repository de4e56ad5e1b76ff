package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/** A rule names a key that only the sops program can use: a kind without a service here, or a recipient of an age plugin. */
public final class KeyNotBuiltInException extends StorageNotConfiguredException {

    private static final long serialVersionUID = 1L;

    public KeyNotBuiltInException(String message) {
        super(message);
    }
}
