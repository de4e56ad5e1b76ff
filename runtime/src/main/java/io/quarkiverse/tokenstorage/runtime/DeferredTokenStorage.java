package io.quarkiverse.tokenstorage.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.ProviderScope;
import io.quarkiverse.tokenstorage.storage.Readiness;
import io.quarkiverse.tokenstorage.storage.ReadinessProbe;

/**
 * Opens a storage at the first call, so that neither the start of the application nor the creation of a bean fails because of
 * a setting. If it cannot be opened the caller sees why, and the next call tries again.
 */
class DeferredTokenStorage<S extends TokenStorage> implements CloseableTokenStorage, ReadinessProbe {

    private final Supplier<S> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile S opened;
    private boolean closed;

    DeferredTokenStorage(Supplier<S> opening) {
        this.opening = opening;
    }

    final S storage() {
        WorkerThread.require();
        S storage = opened;
        return storage == null ? open() : storage;
    }

    private S open() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The token storage is closed");
            }
            if (opened == null) {
                opened = opening.get();
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(String provider, AuthToken token) {
        storage().save(provider, token);
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        return storage().load(provider);
    }

    @Override
    public boolean delete(String provider) {
        return storage().delete(provider);
    }

    @Override
    public boolean exists(String provider) {
        return storage().exists(provider);
    }

    @Override
    public Set<String> providers() {
        return storage().providers();
    }

    @Override
    public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return storage().update(provider, change);
    }

    @Override
    public Optional<Readiness> readiness(ProviderScope scope) {
        return storage() instanceof ReadinessProbe probe ? probe.readiness(scope) : Optional.empty();
    }

    /** Closes what was opened; a storage that was never used is not opened for that. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (opened instanceof CloseableTokenStorage closeable) {
                closeable.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
