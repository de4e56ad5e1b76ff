package io.quarkiverse.tokenstorage.deployment;

import java.util.Set;
import java.util.TreeSet;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of all backends that the application can reach: by configuration, or by injection of their names. */
final class ReachableBackendsBuildItem extends SimpleBuildItem {

    private final Set<String> names;
    private final Set<String> injected;
    private final boolean configuredInjected;

    /**
     * @param injected those of them that are injected by name
     * @param configuredInjected whether the storage of the configuration is injected anywhere in the application
     */
    ReachableBackendsBuildItem(Set<String> names, Set<String> injected, boolean configuredInjected) {
        this.names = new TreeSet<>(names);
        this.injected = new TreeSet<>(injected);
        this.configuredInjected = configuredInjected;
    }

    /** Mutable, since it is recorded. */
    Set<String> names() {
        return new TreeSet<>(names);
    }

    /** Mutable, since it is recorded. */
    Set<String> injected() {
        return new TreeSet<>(injected);
    }

    /** Who injects nothing at all must look it up, so it counts as in use then. */
    boolean isConfiguredUsed() {
        return configuredInjected || injected.isEmpty();
    }
}
