package io.quarkiverse.tokenstorage.deployment;

import io.quarkiverse.tokenstorage.runtime.AuthConfigBuilder;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.StaticInitConfigBuilderBuildItem;

/** Prepares both configurations of the application; that of the build itself is prepared by a service file. */
class ConfigurationProcessor {

    @BuildStep
    StaticInitConfigBuilderBuildItem staticInit() {
        return new StaticInitConfigBuilderBuildItem(AuthConfigBuilder.class);
    }

    @BuildStep
    RunTimeConfigBuilderBuildItem runTime() {
        return new RunTimeConfigBuilderBuildItem(AuthConfigBuilder.class);
    }
}
