package io.quarkiverse.tokenstorage.doctor;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** Something was waited for as long as a doctor may keep people waiting. */
final class NoAnswerException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }
}
