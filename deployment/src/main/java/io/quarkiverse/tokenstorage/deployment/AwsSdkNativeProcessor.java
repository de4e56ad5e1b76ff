package io.quarkiverse.tokenstorage.deployment;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedPackageBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.pkg.steps.NativeOrNativeSourcesBuild;

/** What a native image with the plain AWS SDK needs to know; with the extensions for it they say so. */
class AwsSdkNativeProcessor {

    /** Credentials of a profile or of a web identity, which the SDK looks for by name. Some modules may be missing. */
    private static final List<String> CREDENTIAL_FACTORIES = List.of(
            "software.amazon.awssdk.services.sts.internal.StsProfileCredentialsProviderFactory",
            "software.amazon.awssdk.services.sts.internal.StsWebIdentityCredentialsProviderFactory",
            "software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory",
            "software.amazon.awssdk.services.ssooidc.SsoOidcProfileTokenProviderFactory",
            "software.amazon.awssdk.services.signin.auth.LoginProfileCredentialsProviderFactory");

    /** Random generators, and what the SDK finds out about the machine, are in static fields. */
    @BuildStep(onlyIf = { NativeOrNativeSourcesBuild.class, PlainAwsSdk.class })
    RuntimeInitializedPackageBuildItem initializeAtRunTime() {
        return new RuntimeInitializedPackageBuildItem("software.amazon.awssdk");
    }

    @BuildStep(onlyIf = { NativeOrNativeSourcesBuild.class, PlainAwsSdk.class })
    ServiceProviderBuildItem httpClients() {
        return ServiceProviderBuildItem.allProvidersFromClassPath("software.amazon.awssdk.http.SdkHttpService");
    }

    /** The SDK is the first to log this way, and only at run time: its words would go to standard error otherwise. */
    @BuildStep(onlyIf = { NativeOrNativeSourcesBuild.class, PlainAwsSdk.class })
    ServiceProviderBuildItem logging() {
        return ServiceProviderBuildItem.allProvidersFromClassPath("org.slf4j.spi.SLF4JServiceProvider");
    }

    @BuildStep(onlyIf = { NativeOrNativeSourcesBuild.class, PlainAwsSdk.class })
    ReflectiveClassBuildItem credentialFactories() {
        return ReflectiveClassBuildItem.builder(CREDENTIAL_FACTORIES.stream()
                .filter(QuarkusClassLoader::isClassPresentAtRuntime).toArray(String[]::new)).build();
    }

    @BuildStep(onlyIf = { NativeOrNativeSourcesBuild.class, PlainAwsSdk.class })
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem("token-storage");
    }

    /** Whether the application has the SDK for KMS, but not the extension for it. */
    static final class PlainAwsSdk implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime(AmazonKmsProcessor.SDK_CLIENT)
                    && !QuarkusClassLoader.isClassPresentAtRuntime(AmazonKmsProcessor.EXTENSION);
        }
    }
}
