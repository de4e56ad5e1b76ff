package io.quarkiverse.tokenstorage.runtime;

import java.util.Map;

import jakarta.enterprise.context.spi.CreationalContext;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkus.arc.BeanDestroyer;

/** Closes a backend when the application ends, which zeroes the keys it has cached. */
public final class StorageCloser implements BeanDestroyer<TokenStorage> {

    @Override
    public void destroy(TokenStorage storage,
            CreationalContext<TokenStorage> context, Map<String, Object> params) {
        try {
            if (storage instanceof CloseableTokenStorage closeable) {
                closeable.close();
            }
        } finally {
            context.release();
        }
    }
}
