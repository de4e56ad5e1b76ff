package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
        observed(Operation.SAVE, () -> {
            storage.save(provider, token);
            return true;
        }, saved -> saved);
    }

    @Override
    public final Optional<AuthToken> load(String provider) {
        return observed(Operation.LOAD, () -> storage.load(provider), Optional::isPresent);
    }

    @Override
    public final boolean delete(String provider) {
        return observed(Operation.DELETE, () -> storage.delete(provider), deleted -> deleted);
    }

    @Override
    public final boolean exists(String provider) {
        return observed(Operation.EXISTS, () -> storage.exists(provider), exists -> exists);
    }

    @Override
    public final Set<String> providers() {
        return observed(Operation.PROVIDERS, () -> storage.providers(), providers -> true);
    }

    @Override
    public final Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        WatchedChange watched = change == null ? null : new WatchedChange(change);
        return observed(Operation.UPDATE, () -> storage.update(provider, watched), Optional::isPresent,
                failure -> watched != null && watched.failed ? Cause.CALLER : Cause.of(failure));
    }

    @Override
    public final Optional<Readiness> readiness(ProviderScope scope) {
        return storage instanceof ReadinessProbe probe ? probe.readiness(scope) : Optional.empty();
    }

    /** @param found whether there was something to work on */
    final <T> T observed(Operation operation, Supplier<T> work, Predicate<T> found) {
        return observed(operation, work, found, Cause::of);
    }

    private <T> T observed(Operation operation, Supplier<T> work, Predicate<T> found, Function<Throwable, Cause> cause) {
        long start = System.nanoTime();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            long nanos = System.nanoTime() - start;
            observer.tell(watching -> watching.failed(operation, cause.apply(e), nanos));
            throw e;
        }
        long nanos = System.nanoTime() - start;
        observer.tell(watching -> watching.ended(operation, found.test(result) ? Outcome.SUCCESS : Outcome.ABSENT, nanos));
        return result;
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
