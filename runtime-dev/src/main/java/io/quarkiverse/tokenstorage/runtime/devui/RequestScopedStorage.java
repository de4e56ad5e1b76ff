package io.quarkiverse.tokenstorage.runtime.devui;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;

/**
 * The application's storage with a request context around each call, which a backend of the application may need, and which
 * neither the questions of pages nor the threads that read for them have.
 */
final class RequestScopedStorage implements TokenStorage {

    private final TokenStorage storage;

    RequestScopedStorage(TokenStorage storage) {
        this.storage = storage;
    }

    private static <T> T inRequest(Supplier<T> call) {
        ManagedContext context = Arc.container().requestContext();
        if (context.isActive()) {
            return call.get();
        }
        context.activate();
        try {
            return call.get();
        } finally {
            context.terminate();
        }
    }

    @Override
    public void save(String provider, AuthToken token) {
        inRequest(() -> {
            storage.save(provider, token);
            return null;
        });
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        return inRequest(() -> storage.load(provider));
    }

    @Override
    public boolean delete(String provider) {
        return inRequest(() -> storage.delete(provider));
    }

    @Override
    public boolean exists(String provider) {
        return inRequest(() -> storage.exists(provider));
    }

    @Override
    public Set<String> providers() {
        return inRequest(storage::providers);
    }

    @Override
    public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return inRequest(() -> storage.update(provider, change));
    }
}
