package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** An encrypted backend that only the injection of one of its abilities brings in is examined beside the configured one. */
class HealthBesideTheDefaultTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion())))
            .overrideConfigKey("auth.token-storage", "memory")
            .overrideRuntimeConfigKey("auth.storage.sops.directory", "/dev/null/tokens");

    @Inject
    TokenStorage storage;

    @Inject
    KeyRotation rotation;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Test
    void bothAreExamined() throws Exception {
        assertThat(storage.providers()).isEmpty();
        assertThat(rotation).isNotNull();

        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(readiness).build(),
                BodyHandlers.ofString());

        assertThat(response.body()).contains("\"memory\": \"nothing to examine\"", "\"sops.directory\": \"", "/dev/null");
        assertThat(response.statusCode()).isEqualTo(503);
    }
}
