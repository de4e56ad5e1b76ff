package io.quarkiverse.tokenstorage.storage;

import io.quarkiverse.tokenstorage.TokenStorage;

class MemoryTokenStorageTest extends TokenStorageContract {

    private final TokenStorage storage = TokenStorages.memory();

    @Override
    TokenStorage storage() {
        return storage;
    }
}
