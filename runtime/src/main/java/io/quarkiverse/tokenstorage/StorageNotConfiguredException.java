package io.quarkiverse.tokenstorage;

/**
 * What is needed to store tokens is not set up, or set up wrongly: no creation rule matches, a recipient or a setting is
 * invalid, the rules would write a token in clear. Correct the configuration; retrying does not help.
 */
public class StorageNotConfiguredException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public StorageNotConfiguredException(String message) {
        super(message);
    }

    public StorageNotConfiguredException(String message, Throwable cause) {
        super(message, cause);
    }
}
