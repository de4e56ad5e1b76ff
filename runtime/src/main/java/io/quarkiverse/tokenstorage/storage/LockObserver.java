package io.quarkiverse.tokenstorage.storage;

/**
 * Is told how long the locks of providers were waited for. Implementations are thread-safe and quick, for they are
 * called by the thread that has the lock; what they throw reaches nobody.
 */
@FunctionalInterface
public interface LockObserver {

    /** Does nothing. */
    LockObserver NONE = (taken, nanos) -> {
    };

    /**
     * A lock was asked for.
     *
     * @param taken false if it could not be had, for whatever reason
     * @param nanos from asking until the lock was taken, or given up
     */
    void awaited(boolean taken, long nanos);
}
