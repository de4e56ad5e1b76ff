package io.quarkiverse.tokenstorage;

/**
 * The stored document is in order as far as one can see, but none of the keys at hand opens it. Provide the identity (or
 * key) that the message names, or log in again.
 */
public final class DataKeyUnavailableException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public DataKeyUnavailableException(String message) {
        super(message);
    }

    public DataKeyUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
