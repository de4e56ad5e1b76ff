package io.quarkiverse.tokenstorage.deployment;

import java.util.List;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.tokenstorage.runtime.TokenStorageBuildTimeConfig;
import io.quarkiverse.tokenstorage.runtime.health.ExaminedBackends;
import io.quarkiverse.tokenstorage.runtime.health.HealthRecorder;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
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

    /** Without SmallRye Health nobody would ask for it. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void examined(Capabilities capabilities, ReachableBackendsBuildItem reachable, HealthRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.SMALLRYE_HEALTH)) {
            return;
        }
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(ExaminedBackends.class)
                .scope(Singleton.class).setRuntimeInit()
                .createWith(recorder.examined(reachable.isConfiguredUsed(), reachable.injected()));
        reachable.injected().forEach(name -> bean.addInjectionPoint(Backends.type(), Backends.qualifier(name)));
        beans.produce(bean.done());
    }

    /** The check has the storage of the configuration injected in case that the application has, too. */
    static boolean isOfTheCheck(InjectionPointInfo point) {
        return point.getTargetBean().filter(bean -> bean.getBeanClass().toString().equals(CHECK)).isPresent();
    }

    private static boolean areAllTurnedOff() {
        return OF_ALL_EXTENSIONS.stream().anyMatch(
                key -> !ConfigProvider.getConfig().getOptionalValue(key, Boolean.class).orElse(true))
                || ConfigProvider.getConfig().getOptionalValue("mp.health.disable-default-procedures", Boolean.class)
                        .orElse(false);
    }
}
