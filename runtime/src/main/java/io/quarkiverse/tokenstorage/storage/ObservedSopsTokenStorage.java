package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;

import io.quarkiverse.tokenstorage.storage.StorageObserver.Operation;

/** The encrypted backend with an observer, who hears of changes of keys as well. */
public final class ObservedSopsTokenStorage extends ObservedTokenStorage<SopsTokenStorage> implements SopsTokenStorage {

    public ObservedSopsTokenStorage(SopsTokenStorage storage, StorageObserver observer) {
        super(storage, observer);
    }

    @Override
    public Optional<KeyChange> rotate(String provider) {
        return observed(Operation.ROTATE, () -> storage().rotate(provider), Optional::isPresent);
    }

    @Override
    public Optional<KeyChange> updateKeys(String provider) {
        return observed(Operation.UPDATE_KEYS, () -> storage().updateKeys(provider), Optional::isPresent);
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
