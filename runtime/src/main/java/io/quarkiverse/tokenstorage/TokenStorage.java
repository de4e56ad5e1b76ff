package io.quarkiverse.tokenstorage;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps the tokens of identity providers, one {@link AuthToken} for each provider name.
 * <p>
 * A provider name is {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}; any other is refused with
 * {@link InvalidProviderNameException}. Implementations are thread-safe, and those that keep tokens on disk are safe
 * between processes too. All methods may block on files and locks: do not call them on an event loop.
 * <p>
 * Every failure is a {@link TokenStorageException}; its subclasses say what the caller can do about it. "There is no
 * token" is never reported as a failure, and no failure is ever reported as "there is no token".
 */
public interface TokenStorage {

    /**
     * Stores {@code token} for {@code provider}, replacing the one that was there. When this method returns, the token
     * survives a crash of the machine (where the backend keeps anything at all); until then the old one stays valid.
     *
     * @throws TokenStorageException the token was not stored; the old one, if any, is untouched
     */
    void save(String provider, AuthToken token);

    /**
     * The token of {@code provider}, or empty if there is none. Takes no lock: a reader sees the old token or the new one,
     * never a mixture.
     */
    Optional<AuthToken> load(String provider);

    /**
     * Removes the token of {@code provider}.
     *
     * @return whether there was one
     */
    boolean delete(String provider);

    /** Whether a token is stored for {@code provider}, readable or not: nothing is decrypted. */
    boolean exists(String provider);

    /** The names of all providers with a stored token, sorted; an unmodifiable snapshot. */
    Set<String> providers();

    /**
     * Reads, changes and writes one token under the provider's lock, which holds across threads and processes. This is how
     * a token is refreshed: of all who find it expired only one spends the refresh token, the others then see the new one.
     * <p>
     * Whatever can fail before the new token is known (rules, recipients, key services, space on the disk) has been done
     * when {@code change} is called. Should writing still fail afterwards, the exception carries the new token:
     * {@link TokenStorageException#unsavedToken()}.
     * <p>
     * Inside {@code change} the calling thread may {@link #load} any provider; {@link #save}, {@link #delete} and
     * {@code update} of any provider are refused with {@link IllegalStateException}, since two processes doing so could
     * wait for each other.
     *
     * @param change gets the current token, or empty if there is none, and returns the one to keep: empty removes it, an
     *        equal one writes nothing. An exception changes nothing and reaches the caller as it is; returning {@code null}
     *        is a {@link NullPointerException}
     * @return what {@code change} returned
     * @throws LockTimeoutException another thread or process held the lock too long
     */
    Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change);
}
