package io.quarkiverse.tokenstorage.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** The application has clients of AWS KMS that the storage can use. */
final class AmazonKmsBuildItem extends SimpleBuildItem {
}
