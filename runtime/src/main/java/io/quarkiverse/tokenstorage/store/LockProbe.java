package io.quarkiverse.tokenstorage.store;

/**
 * Whether a provider's lock could be taken at this moment. It was released at once.
 *
 * @param detail who holds it, or why it failed: one line; empty if it was free
 */
public record LockProbe(String provider, Outcome outcome, String detail) {

    /** How it went. */
    public enum Outcome {
        FREE,
        HELD,
        /** The file system refuses locks, or the lock file cannot be used. */
        FAILED
    }
}
