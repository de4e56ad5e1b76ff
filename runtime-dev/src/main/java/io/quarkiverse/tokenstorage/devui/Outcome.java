package io.quarkiverse.tokenstorage.devui;

import io.quarkiverse.tokenstorage.TokenStorageException;

/**
 * What came of something that was asked for.
 *
 * @param done whether it was done
 * @param message in one line: what happened, or why not; never a token
 */
public record Outcome(boolean done, String message) {

    static Outcome done(String message) {
        return new Outcome(true, message);
    }

    static Outcome failed(RuntimeException failure) {
        return new Outcome(false, reason(failure));
    }

    /** The message, but of a foreign exception only its class: that message may quote a token. */
    static String reason(Throwable failure) {
        return failure instanceof TokenStorageException ? failure.getMessage()
                : "Unexpected " + failure.getClass().getName() + "; the log of the application may say more";
    }
}
