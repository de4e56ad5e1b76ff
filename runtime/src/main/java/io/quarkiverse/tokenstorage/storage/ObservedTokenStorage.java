package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageObserver.Cause;
import io.quarkiverse.tokenstorage.storage.StorageObserver.Operation;
import io.quarkiverse.tokenstorage.storage.StorageObserver.Outcome;

/**
 * Any storage, with an observer of its operations. How long locks are waited for, only the storage itself knows: give the
 * observer to its {@link StorageOptions}, too.
 *
 * @param <S> the type of the storage
 */
public class ObservedTokenStorage<S extends TokenStorage> implements CloseableTokenStorage, ReadinessProbe {

    private final S storage;
    private final ObserverGuard<StorageObserver> observer;

    public ObservedTokenStorage(S storage, StorageObserver observer) {
        this.storage = storage;
        this.observer = new ObserverGuard<>(observer);
    }

    protected final S storage() {
        return storage;
    }

    @Override
    public final void save(String provider, AuthToken token) {
        long start = System.nanoTime();
        try {
            storage.save(provider, token);
        } catch (RuntimeException | Error e) {
            failed(Operation.SAVE, Cause.of(e), start);
            throw e;
        }
        ended(Operation.SAVE, true, start);
    }

    @Override
    public final Optional<AuthToken> load(String provider) {
        long start = System.nanoTime();
        Optional<AuthToken> token;
        try {
            token = storage.load(provider);
        } catch (RuntimeException | Error e) {
            failed(Operation.LOAD, Cause.of(e), start);
            throw e;
        }
        ended(Operation.LOAD, token.isPresent(), start);
        return token;
    }

    @Override
    public final boolean delete(String provider) {
        long start = System.nanoTime();
        boolean deleted;
        try {
            deleted = storage.delete(provider);
        } catch (RuntimeException | Error e) {
            failed(Operation.DELETE, Cause.of(e), start);
            throw e;
        }
        ended(Operation.DELETE, deleted, start);
        return deleted;
    }

    @Override
    public final boolean exists(String provider) {
        long start = System.nanoTime();
        boolean exists;
        try {
            exists = storage.exists(provider);
        } catch (RuntimeException | Error e) {
            failed(Operation.EXISTS, Cause.of(e), start);
            throw e;
        }
        ended(Operation.EXISTS, exists, start);
        return exists;
    }

    @Override
    public final Set<String> providers() {
        long start = System.nanoTime();
        Set<String> providers;
        try {
            providers = storage.providers();
        } catch (RuntimeException | Error e) {
            failed(Operation.PROVIDERS, Cause.of(e), start);
            throw e;
        }
        ended(Operation.PROVIDERS, true, start);
        return providers;
    }

    @Override
    public final Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        long start = System.nanoTime();
        WatchedChange watched = change == null ? null : new WatchedChange(change);
        Optional<AuthToken> token;
        try {
            token = storage.update(provider, watched);
        } catch (RuntimeException | Error e) {
            failed(Operation.UPDATE, watched != null && watched.failed ? Cause.CALLER : Cause.of(e), start);
            throw e;
        }
        ended(Operation.UPDATE, token.isPresent(), start);
        return token;
    }

    @Override
    public final Optional<Readiness> readiness() {
        return storage instanceof ReadinessProbe probe ? probe.readiness() : Optional.empty();
    }

    /** @param found whether there was something to work on */
    final void ended(Operation operation, boolean found, long start) {
        long nanos = System.nanoTime() - start;
        observer.tell(watching -> watching.ended(operation, found ? Outcome.SUCCESS : Outcome.ABSENT, nanos));
    }

    final void failed(Operation operation, Cause cause, long start) {
        long nanos = System.nanoTime() - start;
        observer.tell(watching -> watching.failed(operation, cause, nanos));
    }

    @Override
    public final void close() {
        if (storage instanceof CloseableTokenStorage closeable) {
            closeable.close();
        }
    }

    /** Tells a failure of the caller's function from one of the storage, for both can be of the same type. */
    private static final class WatchedChange implements Function<Optional<AuthToken>, Optional<AuthToken>> {

        private final Function<Optional<AuthToken>, Optional<AuthToken>> change;
        private boolean failed;

        WatchedChange(Function<Optional<AuthToken>, Optional<AuthToken>> change) {
            this.change = change;
        }

        @Override
        public Optional<AuthToken> apply(Optional<AuthToken> current) {
            failed = true;
            Optional<AuthToken> next = change.apply(current);
            failed = next == null;
            return next;
        }
    }
}
