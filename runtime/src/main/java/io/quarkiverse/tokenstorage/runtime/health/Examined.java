package io.quarkiverse.tokenstorage.runtime.health;

import java.util.Optional;

import jakarta.enterprise.context.ContextNotActiveException;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.ProviderScope;
import io.quarkiverse.tokenstorage.storage.Readiness;
import io.quarkiverse.tokenstorage.storage.ReadinessProbe;
import io.quarkus.arc.ClientProxy;

/**
 * A backend, and what of it the application uses.
 *
 * @param scope whose tokens count
 */
record Examined(TokenStorage backend, ProviderScope scope) {

    /** @return empty if there is nothing to examine */
    Optional<Readiness> readiness() {
        return unwrapped(backend).filter(ReadinessProbe.class::isInstance)
                .flatMap(storage -> ((ReadinessProbe) storage).readiness(scope));
    }

    /** @return empty for a bean of the application that is there during a request only, for example */
    static Optional<TokenStorage> unwrapped(TokenStorage bean) {
        try {
            return Optional.of(ClientProxy.unwrap(bean));
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
