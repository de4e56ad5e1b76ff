package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.files.FailureReason;

/** Turns what the operating system reports into one line: what, where, why. */
final class AccessFailure {

    private AccessFailure() {
    }

    static StorageAccessException of(String action, Path path, IOException e) {
        return of(action, path, e, "");
    }

    /**
     * @param action a verb, as in "Cannot write"
     * @param advice further sentences; if empty, those of {@link AccessAdvice} where permission is lacking
     */
    static StorageAccessException of(String action, Path path, IOException e, String advice) {
        return new StorageAccessException("Cannot " + action + " " + path + ": " + FailureReason.of(e)
                + (!advice.isEmpty() ? ". " + advice : e instanceof AccessDeniedException ? AccessAdvice.of(path) : ""), e);
    }
}
