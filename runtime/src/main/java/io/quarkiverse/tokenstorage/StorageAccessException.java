package io.quarkiverse.tokenstorage;

/**
 * The operating system refused or failed to read or write: permission, full disk, read-only mount, a file that is not a
 * regular file or belongs to somebody else.
 */
public final class StorageAccessException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public StorageAccessException(String message) {
        super(message);
    }

    public StorageAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
