package io.quarkiverse.tokenstorage;

import java.util.Optional;

/**
 * A token could not be read, written or removed. The message is one line that says what, where and how to mend it, and
 * never contains a secret. Subclasses stand for the things a caller can do about it.
 */
public class TokenStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Transient: a serialized exception must not carry a secret. */
    private transient AuthToken unsavedToken;

    public TokenStorageException(String message) {
        super(message);
    }

    public TokenStorageException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return unsavedToken == null ? super.getMessage()
                : super.getMessage() + " (the new token was not stored)";
    }

    /**
     * The new token that {@link TokenStorage#update} or {@link TokenStorage#save} got but could not store. The refresh token
     * that it replaces may be spent already, so keep this one in memory and try again. Never part of the message.
     */
    public final Optional<AuthToken> unsavedToken() {
        return Optional.ofNullable(unsavedToken);
    }

    /**
     * Attaches the token that was not stored. For implementors of {@link TokenStorage}.
     *
     * @return this exception
     */
    public final TokenStorageException carrying(AuthToken token) {
        this.unsavedToken = token;
        return this;
    }
}
