package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.common.annotation.Identifier;

/** What an application with the extensions for health and metrics shows of its tokens, and that it shows none. */
class HealthAndMetricsTest {

    private static final AuthToken TOKEN = AuthToken.builder("planted-access").refreshToken("planted-refresh")
            .idToken("planted-id").scope(List.of("planted-scope")).metadata(Map.of("planted-name", "planted-claim")).build();

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(Vault.class, MapTokenStorage.class))
            .setForcedDependencies(List.of(
                    Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion()),
                    Dependency.of("io.quarkus", "quarkus-micrometer-registry-prometheus", Version.getVersion())))
            .overrideConfigKey("auth.providers.scratch.token-storage", "memory")
            .overrideConfigKey("auth.providers.corporate.token-storage", "vault")
            .overrideRuntimeConfigKey("auth.health.max-age", "0");

    @Inject
    TokenStorage storage;

    @Inject
    @Identifier("sops")
    TokenStorage sops;

    @Inject
    KeyRotation rotation;

    @Inject
    StorageSettings settings;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @TestHTTPResource("/q/metrics")
    URI metrics;

    @AfterEach
    void forget() {
        for (String provider : storage.providers()) {
            storage.delete(provider);
        }
    }

    @Test
    void aMissingTokenIsNoReasonNotToBeReady() {
        assertThat(ready(200)).contains("\"name\": \"Token storage\"", "\"sops.directory\": \"writable\"",
                "\"sops.save\": \"OK\"", "\"sops.tokens\": \"0 readable\"", "\"memory\": \"nothing to examine\"",
                "\"vault\": \"nothing to examine\"");
    }

    @Test
    void aTokenThatCannotBeDecryptedIsAReasonUntilItsKeyIsBack() throws IOException {
        storage.save("github", TOKEN);
        Path key = settings.options().ageKeyFile().orElseThrow();
        assertThat(ready(200)).contains("\"sops.tokens\": \"1 readable\"");

        Path away = Files.move(key, key.resolveSibling("away"));
        try {
            assertThat(ready(503)).contains("\"sops.tokens\": \"0 readable, 1 unreadable\"", "\"sops.unreadable.1\": \"",
                    "github.token.sops.json: no key at hand opens it",
                    "the identity to read such tokens again is missing: the configured key file");
        } finally {
            Files.move(away, key);
        }
        assertThat(ready(200)).contains("\"sops.tokens\": \"1 readable\"");
    }

    @Test
    void aDamagedTokenIsAReasonUntilItIsSavedAgain() throws IOException {
        storage.save("github", TOKEN);
        Path file = settings.sopsDirectory().resolve("github.token.sops.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, Files.readString(file).replaceFirst("\"mac\": \"ENC[^,]*,data:.", "$0A"));

        assertThat(ready(503)).contains("github.token.sops.json is damaged: ");

        storage.save("github", TOKEN);
        assertThat(ready(200)).contains("\"sops.tokens\": \"1 readable\"");
    }

    @Test
    void operationsAndTheirFailuresAreCounted() {
        storage.save("github", TOKEN);
        storage.load("github");
        storage.load("absent");
        storage.update("github", token -> Optional.of(TOKEN));
        rotation.rotate("github");
        storage.save("scratch", TOKEN);
        storage.save("corporate", TOKEN);
        storage.delete("corporate");
        assertThatThrownBy(() -> storage.update("github", token -> {
            throw new DataKeyUnavailableException("of the caller");
        })).hasMessage("of the caller");
        assertThatThrownBy(() -> storage.load("../etc")).isInstanceOf(RuntimeException.class);

        String shown = get(metrics, 200);

        assertThat(shown).contains(
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"load\",outcome=\"absent\"}",
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"load\",outcome=\"success\"}",
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"save\",outcome=\"success\"}",
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"update\",outcome=\"success\"}",
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"rotate\",outcome=\"success\"} 1",
                "token_storage_operations_seconds_count{backend=\"sops\",operation=\"update\",outcome=\"failure\"} 1",
                "token_storage_operations_seconds_count{backend=\"vault\",operation=\"delete\",outcome=\"success\"} 1",
                "token_storage_operations_seconds_count{backend=\"memory\",operation=\"save\",outcome=\"success\"}",
                "token_storage_lock_waits_seconds_count{backend=\"sops\",outcome=\"taken\"}",
                "token_storage_lock_waits_seconds_count{backend=\"memory\",outcome=\"taken\"}",
                "token_storage_failures_total{backend=\"sops\",cause=\"caller\"} 1.0",
                "token_storage_failures_total{backend=\"sops\",cause=\"invalid_name\"} 1.0",
                "token_storage_failures_total{backend=\"vault\",cause=\"locked\"} 0.0");
        assertThat(shown).doesNotContain("planted", "github", "corporate", "scratch");
    }

    @Test
    void whoInjectsABackendByItsNameIsCountedOnce() {
        double before = count("exists", "success");
        storage.save("github", TOKEN);

        sops.exists("github");
        storage.exists("github");

        assertThat(count("exists", "success")).isEqualTo(before + 2);
    }

    private double count(String operation, String outcome) {
        String name = "token_storage_operations_seconds_count{backend=\"sops\",operation=\"" + operation + "\",outcome=\""
                + outcome + "\"} ";
        return get(metrics, 200).lines().filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length()))).sum();
    }

    private String ready(int status) {
        String shown = get(readiness, status);
        assertThat(shown).doesNotContain("planted", "AGE-SECRET-KEY");
        return shown;
    }

    private static String get(URI address, int status) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ApplicationScoped
    @Identifier("vault")
    static class Vault extends MapTokenStorage {
    }
}
