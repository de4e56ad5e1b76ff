package io.quarkiverse.tokenstorage.storage;

import io.quarkiverse.tokenstorage.TokenStorage;

/**
 * A storage that holds caches or key material: closing zeroes them. Using it afterwards is an {@link IllegalStateException}.
 */
public interface CloseableTokenStorage extends TokenStorage, AutoCloseable {

    @Override
    void close();
}
