package io.quarkiverse.tokenstorage.devui;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;

/** Counts what may be expensive. */
class CountingStorage implements TokenStorage {

    private final TokenStorage storage;
    volatile int loads;
    volatile int listings;

    CountingStorage(TokenStorage storage) {
        this.storage = storage;
    }

    @Override
    public void save(String provider, AuthToken token) {
        storage.save(provider, token);
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        loads++;
        return storage.load(provider);
    }

    @Override
    public boolean delete(String provider) {
        return storage.delete(provider);
    }

    @Override
    public boolean exists(String provider) {
        return storage.exists(provider);
    }

    @Override
    public Set<String> providers() {
        listings++;
        return storage.providers();
    }

    @Override
    public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return storage.update(provider, change);
    }
}
