package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;

/** What those who operate the packaged service see of it: that it is not ready, why, and that it is again. */
class OperationsIT {

    private static final String RESPONSE = """
            {"access_token": "planted-access", "refresh_token": "planted-refresh", "id_token": "planted-id",
             "scope": "planted-scope", "planted-name": "planted-claim"}""";

    @TempDir
    Path home;

    private Path keyFile;
    private Path tokens;
    private final Map<String, String> variables = new TreeMap<>();

    @BeforeEach
    void setUp() {
        keyFile = home.resolve("keys.txt");
        tokens = home.resolve(".config/kstlib/auth/tokens");
        variables.put("AUTH_STORAGE_SOPS_AGE_RECIPIENTS",
                AgeIdentityFile.create(keyFile, new JdkX25519(), new SecureRandom(), Clock.systemUTC()));
        variables.put("AUTH_STORAGE_SOPS_AGE_KEY_FILE", keyFile.toString());
        variables.put("AUTH_HEALTH_MAX_AGE", "0");
    }

    @Test
    void whatIsBrokenTurnsItDownAndWhatIsRepairedUpAgain() throws Exception {
        try (ServiceProcess process = ServiceProcess.startUnprivileged(home, variables)) {
            ServiceClient service = process.client();
            assertThat(ready(service, 200)).contains("\"sops.tokens\": \"0 readable\"");
            assertThat(service.put("/github", RESPONSE).statusCode()).isEqualTo(200);
            assertThat(service.put("/scratch", RESPONSE).statusCode()).isEqualTo(200);
            assertThat(ready(service, 200)).contains("\"sops.directory\": \"writable\"", "\"sops.save\": \"OK\"",
                    "\"sops.tokens\": \"1 readable\"", "\"memory\": \"nothing to examine\"");

            Path away = Files.move(keyFile, home.resolve("away"));
            assertThat(ready(service, 503)).contains("\"sops.tokens\": \"0 readable, 1 unreadable\"",
                    "github.token.sops.json: no key at hand opens it");
            assertThat(service.get("/github").statusCode()).isEqualTo(500);
            Files.move(away, keyFile);
            ready(service, 200);

            chmod(tokens, "r-x------");
            assertThat(ready(service, 503)).contains("Cannot write to the token directory " + tokens + ": it is read-only");
            assertThat(service.put("/github", RESPONSE).statusCode()).isEqualTo(500);
            chmod(tokens, "rwx------");
            ready(service, 200);

            lockOfAnotherProcessIsNoReason(service);

            assertThat(process.log()).contains("WARN", "The token storage is not ready: no token can be saved: ",
                    ". 1 of 1 stored token cannot be read: " + tokens,
                    "The token storage is not ready: Cannot write to the token directory", "INFO",
                    "The token storage is ready again: tokens can be stored and read").doesNotContain("planted-");
            assertThat(process.log().split("The token storage is not ready")).hasSize(3);
        }
    }

    private void lockOfAnotherProcessIsNoReason(ServiceClient service) throws IOException {
        Path lock;
        try (Stream<Path> files = Files.list(tokens)) {
            lock = files.filter(file -> file.getFileName().toString().startsWith(".lock-")).findFirst().orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            channel.lock();
            assertThat(ready(service, 200)).contains("\"sops.tokens\": \"1 readable\"");
        }
    }

    @Test
    void figuresTellWhatWasDoneAndHoldNothingSecret() throws Exception {
        try (ServiceProcess process = ServiceProcess.start(home, variables)) {
            ServiceClient service = process.client();
            service.put("/github", RESPONSE);
            service.get("/github");
            service.get("/absent");
            service.post("/github/refresh");
            Files.delete(keyFile);
            assertThat(service.get("/github").statusCode()).isEqualTo(500);

            HttpResponse<String> figures = service.operations("/q/metrics");

            assertThat(figures.statusCode()).isEqualTo(200);
            assertThat(figures.body()).contains(
                    "token_storage_operations_seconds_count{backend=\"sops\",operation=\"save\",outcome=\"success\"} 1",
                    "token_storage_operations_seconds_count{backend=\"sops\",operation=\"load\",outcome=\"success\"} 1",
                    "token_storage_operations_seconds_count{backend=\"sops\",operation=\"load\",outcome=\"absent\"} 1",
                    "token_storage_operations_seconds_count{backend=\"sops\",operation=\"load\",outcome=\"failure\"} 1",
                    "token_storage_operations_seconds_count{backend=\"sops\",operation=\"update\",outcome=\"success\"} 1",
                    "token_storage_lock_waits_seconds_count{backend=\"sops\",outcome=\"taken\"} 2",
                    "token_storage_failures_total{backend=\"sops\",cause=\"no_key\"} 1",
                    "token_storage_failures_total{backend=\"sops\",cause=\"damaged\"} 0",
                    "token_storage_failures_total{backend=\"memory\",cause=\"locked\"} 0").doesNotContain("planted");
            assertThat(figures.body().lines().filter(line -> line.startsWith("token_storage"))).isNotEmpty()
                    .noneMatch(line -> line.contains("github"));
        }
    }

    @Test
    void settingsThatCannotBeUnderstoodAreTheCause() throws Exception {
        variables.put("AUTH_HEALTH_MAX_AGE", "soon");
        try (ServiceProcess process = ServiceProcess.start(home, variables)) {
            assertThat(ready(process.client(), 503))
                    .contains("auth.health.max-age: 'soon' is not a duration; write one like 10s, 500ms or PT1M");
        }
        variables.put("AUTH_HEALTH_MAX_AGE", "1s");
        variables.put("AUTH_STORAGE_LOCK_TIMEOUT", "later");
        variables.put("AUTH_STORAGE_SOPS_DIRECTRY", "planted-directory");
        variables.put("AUTH_OWN_DIRECTORY", "planted-directory");
        try (ServiceProcess process = ServiceProcess.start(home, variables)) {
            assertThat(ready(process.client(), 503)).contains("auth.storage.lock-timeout: 'later' is not a duration");
            assertThat(process.log()).doesNotContain("planted", "AUTH_OWN_DIRECTORY").containsOnlyOnce(
                    "AUTH_STORAGE_SOPS_DIRECTRY is not known: did you mean AUTH_STORAGE_SOPS_DIRECTORY?");
        }
    }

    private static String ready(ServiceClient service, int status) {
        HttpResponse<String> answer = service.operations("/q/health/ready");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"name\": \"Token storage\"").doesNotContain("planted", "AGE-SECRET-KEY");
        return answer.body();
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
