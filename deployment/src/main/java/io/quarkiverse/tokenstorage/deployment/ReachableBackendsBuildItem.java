package io.quarkiverse.tokenstorage.deployment;

import java.util.Set;
import java.util.TreeSet;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of all backends that the application can reach: by configuration, or by injection of their names. */
final class ReachableBackendsBuildItem extends SimpleBuildItem {

    private final Set<String> names;

    ReachableBackendsBuildItem(Set<String> names) {
        this.names = new TreeSet<>(names);
    }

    /** Mutable, since it is recorded. */
    Set<String> names() {
        return new TreeSet<>(names);
    }
}
