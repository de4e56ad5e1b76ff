package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.TokenCodec.PreparedEncoding;
import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.LockedDocument;
import io.quarkiverse.tokenstorage.store.PendingReplacement;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** A backend that is a codec over a store. */
class DocumentTokenStorage extends AbstractTokenStorage implements CloseableTokenStorage, ReadinessProbe {

    /** Room for a large token response; a longer one only costs the file system a second allocation. */
    private static final int USUAL_SIZE = 16 * 1024;

    /** For a token that is there already: to reserve its space and to write it is the same, but done twice. */
    private static final int NOTHING_RESERVED = 0;

    private final DocumentStore store;
    private final TokenCodec codec;
    private volatile boolean closed;

    DocumentTokenStorage(DocumentStore store, TokenCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    protected final Optional<AuthToken> doLoad(String provider) {
        requireOpen();
        return store.read(provider).map(codec::decode);
    }

    @Override
    protected final boolean doExists(String provider) {
        requireOpen();
        return store.exists(provider);
    }

    @Override
    public final Set<String> providers() {
        requireOpen();
        return store.providers();
    }

    @Override
    protected final boolean doDelete(String provider) {
        requireOpen();
        try (LockedDocument document = store.lock(provider)) {
            return document.delete();
        }
    }

    @Override
    protected final void doSave(String provider, AuthToken token) {
        requireOpen();
        try (LockedDocument document = lock(provider)) {
            Optional<StoredDocument> replaced = document.read();
            try (PreparedEncoding encoding = codec.prepare(store.target(provider), replaced);
                    PendingReplacement replacement = document.prepareReplacement(NOTHING_RESERVED)) {
                replacement.commit(encoding.encode(token));
            }
        } catch (RuntimeException e) {
            throw carrying(token, e);
        }
    }

    @Override
    protected final Optional<AuthToken> doUpdate(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        requireOpen();
        try (LockedDocument document = lock(provider)) {
            document.requireNotMounted();
            Optional<StoredDocument> stored = document.read();
            Optional<AuthToken> current = stored.map(codec::decode);
            try (PreparedEncoding encoding = codec.prepare(store.target(provider), stored);
                    PendingReplacement replacement = document.prepareReplacement(expectedSize(stored))) {
                encoding.requireFitForAnyToken();
                Optional<AuthToken> next = change.apply(current);
                if (next.isEmpty()) {
                    document.delete();
                } else if (!next.equals(current)) {
                    commit(replacement, encoding, next.get());
                }
                return next;
            }
        }
    }

    /** Makes the directory, unless nothing could be saved there. */
    private LockedDocument lock(String provider) {
        Path target = store.target(provider);
        if (!Files.exists(target.getParent())) {
            codec.requireConfigured(target);
        }
        return store.lock(provider);
    }

    private static void commit(PendingReplacement replacement, PreparedEncoding encoding, AuthToken token) {
        try {
            replacement.commit(encoding.encode(token));
        } catch (RuntimeException e) {
            throw carrying(token, e);
        }
    }

    /**
     * The storage or a client of a key service was closed meanwhile, the platform's cryptography failed, a library was out of
     * its mind: whatever it is, the token must not go down with it. What is not ours may quote that, so only its class and
     * stack are passed on.
     */
    private static TokenStorageException carrying(AuthToken token, RuntimeException failure) {
        if (failure instanceof TokenStorageException ours) {
            return ours.carrying(token);
        }
        TokenStorageException told = new TokenStorageException(
                "The new token could not be encrypted or written (" + failure.getClass().getName() + ")");
        told.setStackTrace(failure.getStackTrace());
        return told.carrying(token);
    }

    @Override
    public final Optional<Readiness> readiness(ProviderScope scope) {
        requireOpen();
        return Optional.of(new DocumentReadiness(store, codec, scope).examine());
    }

    static int expectedSize(Optional<StoredDocument> replaced) {
        return Math.max(USUAL_SIZE, replaced.map(document -> 2 * document.content().length).orElse(0));
    }

    /** Not only what needs key material: whoever saves into a closed storage cannot read it again there. */
    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The token storage is closed");
        }
    }

    @Override
    public final void close() {
        closed = true;
        codec.close();
        store.close();
    }
}
