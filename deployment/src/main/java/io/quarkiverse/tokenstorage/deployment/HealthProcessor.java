package io.quarkiverse.tokenstorage.deployment;

import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.tokenstorage.runtime.TokenStorageBuildTimeConfig;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Offers the readiness check. Without SmallRye Health nobody takes it, and it is no part of the application. */
class HealthProcessor {

    private static final String CHECK = "io.quarkiverse.tokenstorage.runtime.health.StorageReadinessCheck";

    /** Settings of SmallRye Health that turn the checks of all extensions off; under its former name, too. */
    private static final List<String> OF_ALL_EXTENSIONS = List.of("quarkus.smallrye-health.extensions.enabled",
            "quarkus.health.extensions.enabled");

    /** The check is in the index of this extension, so SmallRye Health finds it there, wanted or not. */
    @BuildStep
    void readiness(TokenStorageBuildTimeConfig config, BuildProducer<HealthBuildItem> checks,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        checks.produce(new HealthBuildItem(CHECK, config.health().enabled()));
        if (!config.health().enabled() || areAllTurnedOff()) {
            excluded.produce(new ExcludedTypeBuildItem(CHECK));
        }
    }

    private static boolean areAllTurnedOff() {
        return OF_ALL_EXTENSIONS.stream().anyMatch(
                key -> !ConfigProvider.getConfig().getOptionalValue(key, Boolean.class).orElse(true))
                || ConfigProvider.getConfig().getOptionalValue("mp.health.disable-default-procedures", Boolean.class)
                        .orElse(false);
    }
}
