package io.quarkiverse.tokenstorage.runtime;

import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.storage.KeyChange;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.UnverifiedToken;

/** The encrypted backend, opened at the first call of any kind. */
final class DeferredSopsTokenStorage extends DeferredTokenStorage<SopsTokenStorage> implements SopsTokenStorage {

    DeferredSopsTokenStorage(Supplier<SopsTokenStorage> opening) {
        super(opening);
    }

    @Override
    public Optional<KeyChange> rotate(String provider) {
        return storage().rotate(provider);
    }

    @Override
    public Optional<KeyChange> updateKeys(String provider) {
        return storage().updateKeys(provider);
    }

    @Override
    public void requireUpdatableKeys() {
        storage().requireUpdatableKeys();
    }

    @Override
    public Optional<KeyChange> previewRotate(String provider) {
        return storage().previewRotate(provider);
    }

    @Override
    public Optional<KeyChange> previewUpdateKeys(String provider) {
        return storage().previewUpdateKeys(provider);
    }

    @Override
    public Optional<UnverifiedToken> inspect(String provider) {
        return storage().inspect(provider);
    }
}
