package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.DamagedDocumentException;

/** The document has no {@code sops} block: it was never encrypted, and others may have read it. */
public final class NotEncryptedException extends DamagedDocumentException {

    private static final long serialVersionUID = 1L;

    NotEncryptedException(String message) {
        super(message);
    }
}
