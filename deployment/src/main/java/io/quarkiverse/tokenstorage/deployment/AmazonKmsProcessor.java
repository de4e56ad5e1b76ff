package io.quarkiverse.tokenstorage.deployment;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Lets the storage use the client of the extension {@code quarkus-amazon-kms}, which is an optional companion. */
class AmazonKmsProcessor {

    static final String SDK_CLIENT = "software.amazon.awssdk.services.kms.KmsClient";
    static final String EXTENSION = "io.quarkiverse.amazon.kms.runtime.KmsRecorder";

    private static final String BEAN = "io.quarkiverse.tokenstorage.runtime.AmazonKmsClients";
    private static final String TYPE_KEY = "quarkus.kms.sync-client.type";
    private static final String DEFAULT_TYPE = "url";
    private static final Map<String, String> HTTP_CLIENTS = Map.of(DEFAULT_TYPE,
            "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient", "apache",
            "software.amazon.awssdk.http.apache.ApacheHttpClient", "apache5",
            "software.amazon.awssdk.http.apache5.Apache5HttpClient", "aws-crt",
            "software.amazon.awssdk.http.crt.AwsCrtHttpClient");

    /**
     * The other extension makes clients for injection points that it finds, so there must be one; and it stops the build if
     * such a client lacks its HTTP client, so there must be none in an application that uses asynchronous clients only. Which
     * backend is chosen does not matter: the encrypted one can be injected by its name, and commands open it, too.
     */
    @BuildStep
    void useTheClientOfTheExtension(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<AmazonKmsBuildItem> present) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(EXTENSION) && hasHttpClient()) {
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClass(BEAN).setUnremovable()
                    .setDefaultScope(BuiltinScope.SINGLETON.getName()).build());
            present.produce(new AmazonKmsBuildItem());
        }
    }

    private static boolean hasHttpClient() {
        String type = ConfigProvider.getConfig().getOptionalValue(TYPE_KEY, String.class).orElse(DEFAULT_TYPE);
        String client = HTTP_CLIENTS.get(type);
        return client != null && QuarkusClassLoader.isClassPresentAtRuntime(client);
    }
}
