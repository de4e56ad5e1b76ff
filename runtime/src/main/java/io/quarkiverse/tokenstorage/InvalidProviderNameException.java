package io.quarkiverse.tokenstorage;

/** A provider name that cannot be the name of a stored token; see {@link TokenStorage} for the allowed form. */
public final class InvalidProviderNameException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public InvalidProviderNameException(String message) {
        super(message);
    }

    public InvalidProviderNameException(String message, Throwable cause) {
        super(message, cause);
    }
}
