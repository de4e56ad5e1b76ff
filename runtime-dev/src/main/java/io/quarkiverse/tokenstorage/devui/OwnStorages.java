package io.quarkiverse.tokenstorage.devui;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.storage.BuiltInBackends;

/**
 * Which storages are the application's own: nothing is known of where these keep their tokens.
 *
 * @param only the class of the bean that took the place of the configured storage; empty if none did
 * @param backends the backends that are beans of the application, which may have the name of a built-in one
 */
public record OwnStorages(Optional<String> only, Set<String> backends) {

    public static final OwnStorages NONE = new OwnStorages(Optional.empty(), Set.of());

    public OwnStorages {
        backends = Set.copyOf(backends);
    }

    /** Whether the tokens of this backend are kept by the application. */
    boolean keep(String backend) {
        return only.isPresent() || backends.contains(backend) || !BuiltInBackends.ALL.contains(backend);
    }
}
