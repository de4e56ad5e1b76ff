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
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.common.annotation.Identifier;

/** A backend that is injected by its name is examined; the configured one, which nobody uses, need not be set up. */
class HealthOfInjectedBackendsTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion())))
            .overrideRuntimeConfigKey("auth.storage.file.directory", "target/injected-by-name")
            .overrideRuntimeConfigKey("auth.storage.sops.config-file", "target/no-such-rules.yaml")
            .overrideRuntimeConfigKey("auth.storage.sops.directory", "/dev/null/tokens");

    @Inject
    @Identifier("file")
    TokenStorage file;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Test
    void onlyWhatIsInUseIsExamined() throws Exception {
        assertThat(file.providers()).isEmpty();

        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(readiness).build(),
                BodyHandlers.ofString());

        assertThat(response.body()).contains("\"file.directory\": \"writable\"").doesNotContain("sops");
        assertThat(response.statusCode()).isEqualTo(200);
    }
}
