package io.quarkiverse.tokenstorage.devui;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.LockedDocument;
import io.quarkiverse.tokenstorage.store.ProviderName;

/**
 * Replaces and removes the tokens that a person has seen. Troubles are answers, so that no framework reports them together with
 * the question.
 */
final class TokenChanges {

    private final SeenToken seenToken;
    private final TokenStorage storage;
    private final Clock clock;

    TokenChanges(SeenToken seenToken, TokenStorage storage, Clock clock) {
        this.seenToken = seenToken;
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Removes a token, readable or not.
     *
     * @param seen the version that the person has seen; empty if none was known
     */
    Outcome delete(String provider, String seen) {
        try {
            ProviderName.require(provider);
            Optional<DirectoryStore> store = seenToken.store(provider);
            boolean deleted = store.isPresent() ? deleteFile(store.get(), provider, seen) : deleteToken(provider, seen);
            return deleted ? Outcome.done("Removed the token of " + provider)
                    : new Outcome(false, "There was no token of " + provider + " any more");
        } catch (RuntimeException e) {
            return Outcome.failed(e);
        }
    }

    /** As the storage does, which has no way to look before. */
    private boolean deleteFile(DirectoryStore store, String provider, String seen) {
        try (LockedDocument document = store.lock(provider)) {
            seenToken.requireFile(provider, seen);
            return document.delete();
        }
    }

    private boolean deleteToken(String provider, String seen) {
        if ("".equals(seen)) {
            return storage.delete(provider);
        }
        AtomicBoolean there = new AtomicBoolean();
        storage.update(provider, current -> {
            there.set(current.isPresent());
            seenToken.requireToken(provider, current, seen);
            return Optional.empty();
        });
        return there.get();
    }

    /**
     * Stores a token response that a person pasted, in place of what was there.
     *
     * @param seen the version of the token there that the person has seen; empty if none was known, null if there was no token
     */
    Outcome importToken(String provider, String response, String seen) {
        try {
            ProviderName.require(provider);
            byte[] json = response.strip().getBytes(StandardCharsets.UTF_8);
            if (json.length > TokenImport.MAX_BYTES) {
                throw new StorageAccessException("The pasted text is too large for a token response: more than "
                        + TokenImport.MAX_BYTES + " bytes");
            }
            AuthToken token = new TokenImport(clock).read(json, "The pasted text");
            replace(provider, token, seen);
            return Outcome.done("Stored the token of " + provider
                    + (token.isExpired(clock.instant()) ? "; it has expired already" : ""));
        } catch (RuntimeException e) {
            return Outcome.failed(e);
        }
    }

    private void replace(String provider, AuthToken token, String seen) {
        if ("".equals(seen)) {
            storage.save(provider, token);
            return;
        }
        try {
            storage.update(provider, current -> {
                seenToken.requireToken(provider, current, seen);
                return Optional.of(token);
            });
        } catch (DamagedDocumentException | DataKeyUnavailableException | StorageNotConfiguredException e) {
            if (seenToken.store(provider).isEmpty()) {
                throw e;
            }
            // What cannot be read can be replaced, and a rule may fit this token only
            seenToken.requireFile(provider, seen);
            storage.save(provider, token);
        }
    }
}
