package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.common.annotation.Identifier;

/** A backend that is there during a request only cannot be examined outside of one, and is no reason not to be ready. */
class HealthOfRequestScopedBackendTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(MapTokenStorage.class, Bound.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion())))
            .overrideConfigKey("auth.token-storage", "bound");

    @Inject
    TokenStorage storage;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Test
    void itIsSaidNotToBeExamined() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(readiness).build(),
                BodyHandlers.ofString());

        assertThat(response.body()).contains("\"bound\": \"nothing to examine\"");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @RequestScoped
    @Identifier("bound")
    static class Bound extends MapTokenStorage {
    }
}
