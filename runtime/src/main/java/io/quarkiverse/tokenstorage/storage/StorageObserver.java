package io.quarkiverse.tokenstorage.storage;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Is told what a storage did, how long that took and how it ended: for figures. It gets neither tokens nor the names of
 * providers, and no message. Implementations are thread-safe and quick; what they throw reaches nobody.
 */
public interface StorageObserver extends LockObserver {

    /** What was asked of a storage. */
    enum Operation {
        LOAD,
        SAVE,
        /** Lasts as long as the function of the caller, too. */
        UPDATE,
        DELETE,
        EXISTS,
        PROVIDERS,
        ROTATE,
        UPDATE_KEYS
    }

    /** How it ended. */
    enum Outcome {
        /** What was asked for was done, or found. */
        SUCCESS,
        /** There is no token of this provider; that is no failure. */
        ABSENT,
        FAILURE
    }

    /** Why it failed: one for each thing that can be done about it. */
    enum Cause {
        NOT_CONFIGURED,
        NO_KEY,
        DAMAGED,
        LOCKED,
        NOT_ACCESSIBLE,
        INVALID_NAME,
        /** The function that was given to {@code update} has thrown something. */
        CALLER,
        OTHER;

        /** The cause that a failure of a storage stands for. */
        public static Cause of(Throwable failure) {
            if (failure instanceof StorageNotConfiguredException) {
                return NOT_CONFIGURED;
            } else if (failure instanceof DataKeyUnavailableException) {
                return NO_KEY;
            } else if (failure instanceof DamagedDocumentException) {
                return DAMAGED;
            } else if (failure instanceof LockTimeoutException) {
                return LOCKED;
            } else if (failure instanceof StorageAccessException) {
                return NOT_ACCESSIBLE;
            }
            return failure instanceof InvalidProviderNameException ? INVALID_NAME : OTHER;
        }
    }

    /**
     * An operation has ended without a failure.
     *
     * @param outcome never {@link Outcome#FAILURE}
     */
    void ended(Operation operation, Outcome outcome, long nanos);

    /** An operation has ended with a failure, which the caller gets as an exception. */
    void failed(Operation operation, Cause cause, long nanos);
}
