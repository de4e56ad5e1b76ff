package io.quarkiverse.tokenstorage.deployment;

import java.util.List;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.pkg.steps.NativeOrNativeSourcesBuild;

/** What a native image needs to know. */
class NativeImageProcessor {

    /** Classes that hold a random generator in a static field; it must not be the one of the machine that builds the image. */
    private static final List<String> WITH_STATIC_RANDOMNESS = List.of("com.exceptionfactory.jagged.FileKey");

    @BuildStep(onlyIf = NativeOrNativeSourcesBuild.class)
    void initializeAtRunTime(BuildProducer<RuntimeInitializedClassBuildItem> classes) {
        for (String name : WITH_STATIC_RANDOMNESS) {
            if (QuarkusClassLoader.isClassPresentAtRuntime(name)) {
                classes.produce(new RuntimeInitializedClassBuildItem(name));
            }
        }
    }
}
