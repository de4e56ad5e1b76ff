package io.quarkiverse.tokenstorage.runtime;

import java.util.Map;

import jakarta.enterprise.context.spi.CreationalContext;

import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.arc.BeanDestroyer;

/** Zeroes the identities that were opened with a passphrase. */
public final class SettingsCloser implements BeanDestroyer<StorageSettings> {

    @Override
    public void destroy(StorageSettings settings, CreationalContext<StorageSettings> context, Map<String, Object> parameters) {
        settings.identityUnlocking().close();
    }
}
