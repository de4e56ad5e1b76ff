package io.quarkiverse.tokenstorage.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** Says that a bean of the application takes the place of the configured storage. */
final class OwnStorageBuildItem extends SimpleBuildItem {
}
