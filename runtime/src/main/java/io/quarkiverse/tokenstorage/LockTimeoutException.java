package io.quarkiverse.tokenstorage;

/**
 * The provider's lock was held by another thread or process until the configured time was over. The message names the
 * holder. Nothing was changed: try again.
 */
public final class LockTimeoutException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public LockTimeoutException(String message) {
        super(message);
    }

    public LockTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
