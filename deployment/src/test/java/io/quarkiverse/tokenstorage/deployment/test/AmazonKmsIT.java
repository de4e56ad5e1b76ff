package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.test.QuarkusProdModeTest;
import io.smallrye.common.annotation.Identifier;

/**
 * A packaged application with {@code quarkus-amazon-kms}: its client is used where it fits, else an own one. The encrypted
 * backend is not the chosen one, but injected by its name.
 */
class AmazonKmsIT {

    private static final KmsStandIn AWS = new KmsStandIn();
    private static final Path HOME = home();

    @RegisterExtension
    static final QuarkusProdModeTest TEST = new QuarkusProdModeTest()
            .withApplicationRoot(archive -> archive.addClass(Saving.class))
            .setForcedDependencies(List.of(
                    Dependency.of("io.quarkiverse.amazonservices", "quarkus-amazon-kms", version("amazon-services")),
                    Dependency.of("software.amazon.awssdk", "sts", version("awssdk")),
                    Dependency.of("software.amazon.awssdk", "url-connection-client", version("awssdk"))))
            .overrideConfigKey("auth.token-storage", "memory")
            .overrideConfigKey("quarkus.http.host-enabled", "false")
            .setRuntimeProperties(runtimeProperties())
            .setCommandLineParameters("here", "elsewhere", "role")
            .setRun(true).setExpectExit(true);

    @AfterAll
    static void stop() {
        AWS.stop();
    }

    @Test
    void theClientOfTheExtensionIsUsedForItsRegionAndNoRole() {
        assertThat(TEST.getExitCode()).as(TEST.getStartupConsoleOutput()).isZero();
        assertThat(AWS.takeCalls()).containsExactly(KmsStandIn.THEIRS + " Encrypt", KmsStandIn.OURS + " Encrypt",
                "AssumeRole", KmsStandIn.OURS + " Encrypt");
        assertThat(HOME.resolve("tokens")).isDirectoryContaining("glob:**/here.token.sops.json")
                .isDirectoryContaining("glob:**/elsewhere.token.sops.json")
                .isDirectoryContaining("glob:**/role.token.sops.json");
    }

    private static Map<String, String> runtimeProperties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("auth.storage.sops.directory", HOME.resolve("tokens").toString());
        properties.put("auth.storage.sops.config-file", HOME.resolve("rules.yaml").toString());
        properties.put("quarkus.kms.endpoint-override", AWS.endpoint(KmsStandIn.THEIRS));
        properties.put("quarkus.kms.aws.region", "eu-west-1");
        properties.put("quarkus.kms.aws.credentials.type", "static");
        properties.put("quarkus.kms.aws.credentials.static-provider.access-key-id", "AKIATHEIRS");
        properties.put("quarkus.kms.aws.credentials.static-provider.secret-access-key", "x");
        properties.put("aws.accessKeyId", "AKIAOURS");
        properties.put("aws.secretAccessKey", "x");
        properties.put("aws.endpointUrl", AWS.endpoint(KmsStandIn.OURS));
        return properties;
    }

    private static Path home() {
        try {
            Path home = Files.createTempDirectory("amazon-kms").toRealPath();
            Files.writeString(home.resolve("rules.yaml"), """
                    creation_rules:
                      - path_regex: (^|/)here.token
                        kms: arn:aws:kms:eu-west-1:123456789012:key/a
                      - path_regex: elsewhere.token
                        kms: arn:aws:kms:us-east-1:123456789012:key/a
                      - kms: arn:aws:kms:eu-west-1:123456789012:key/a+arn:aws:iam::123456789012:role/tokens
                    """);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(String name) {
        return System.getProperty(name + ".version");
    }

    /** Saves a token for each provider that is named. */
    @QuarkusMain
    public static class Saving implements QuarkusApplication {

        @Inject
        @Identifier("sops")
        TokenStorage storage;

        @Override
        public int run(String... providers) {
            for (String provider : providers) {
                storage.save(provider, AuthToken.builder("access").build());
            }
            return 0;
        }
    }
}
