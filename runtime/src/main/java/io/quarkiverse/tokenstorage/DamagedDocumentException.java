package io.quarkiverse.tokenstorage;

/**
 * The stored document is not what was written: cut off, changed by hand, not JSON, or its message authentication code does
 * not match. Restore it from a copy, or delete it and log in again.
 */
public class DamagedDocumentException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public DamagedDocumentException(String message) {
        super(message);
    }

    public DamagedDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
