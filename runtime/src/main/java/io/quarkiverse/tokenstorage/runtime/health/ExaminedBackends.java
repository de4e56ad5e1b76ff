package io.quarkiverse.tokenstorage.runtime.health;

import java.util.Map;

import io.quarkiverse.tokenstorage.TokenStorage;

/**
 * What of the token storage the application can come to use; the rest may stay without a set-up.
 */
public final class ExaminedBackends {

    private final boolean configured;
    private final Map<String, TokenStorage> named;

    /**
     * @param configured whether that includes the configured backends
     * @param named the backends that are injected by their names
     */
    ExaminedBackends(boolean configured, Map<String, TokenStorage> named) {
        this.configured = configured;
        this.named = Map.copyOf(named);
    }

    boolean configured() {
        return configured;
    }

    Map<String, TokenStorage> named() {
        return named;
    }
}
