package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;

/** The packaged service in production mode, started several times. */
class RestartIT {

    private static final String RESPONSE = "{\"access_token\": \"gho_secret\", \"refresh_token\": \"ghr_secret\"}";

    @TempDir
    Path home;

    @Test
    void aTokenSurvivesARestartAndAKill() throws Exception {
        Map<String, String> keys = keys();
        String saved;
        try (ServiceProcess first = ServiceProcess.start(home, keys)) {
            saved = first.client().put("/github", RESPONSE).body();
            assertThat(first.log()).doesNotContain("_secret").doesNotContain("Dev Services");
        }
        assertThat(saved).endsWith(Fingerprint.of("gho_secret"));

        Path file = home.resolve(".config/kstlib/auth/tokens/github.token.sops.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
        assertThat(file).content().contains("ENC[AES256_GCM,").doesNotContain("_secret");

        try (ServiceProcess second = ServiceProcess.start(home, keys)) {
            ServiceClient service = second.client();
            assertThat(service.get("").body()).isEqualTo("github");
            assertThat(service.get("/github").body()).isEqualTo(saved);
            service.post("/github/refresh");
            second.kill();
        }

        try (ServiceProcess third = ServiceProcess.start(home, keys)) {
            ServiceClient service = third.client();
            assertThat(service.get("/github").body()).endsWith(Fingerprint.of("gho_secret+"));
            assertThat(service.post("/github/refresh").body()).endsWith(Fingerprint.of("gho_secret++"));
        }
    }

    @Test
    void withoutAnySetUpItStartsAndSaysAtTheFirstSaveWhatIsMissing() throws Exception {
        try (ServiceProcess process = ServiceProcess.start(home, Map.of("AUTH_STORAGE_LOCK_TIMEOUT", "2s"))) {
            ServiceClient service = process.client();
            assertThat(service.get("").body()).isEmpty();

            HttpResponse<String> refusal = service.put("/github", RESPONSE);

            assertThat(refusal.statusCode()).isEqualTo(500);
            assertThat(refusal.body()).startsWith("StorageNotConfiguredException: ").contains(".sops.yaml").hasLineCount(1);
            assertThat(service.put("/scratch", RESPONSE).statusCode()).isEqualTo(200);
        }
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("github") || name.contains("keys.txt"));
        }
    }

    @Test
    void anotherBackendThanTheBuiltOneIsRefusedAtStart() throws Exception {
        try (ServiceProcess process = ServiceProcess.start(home, Map.of("AUTH_TOKEN_STORAGE", "file"))) {
            assertThat(process.exitValue()).isNotZero();
            assertThat(process.log()).contains("auth.token-storage is 'file' now", "but the application was built with 'sops'")
                    .doesNotContain("Listening on");
        }
        try (ServiceProcess process = ServiceProcess.start(home, Map.of("AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE", "memory"))) {
            assertThat(process.exitValue()).isNotZero();
            assertThat(process.log()).contains("AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE is 'memory' now");
        }
    }

    private Map<String, String> keys() {
        Path file = home.resolve("keys.txt");
        Map<String, String> variables = new TreeMap<>();
        variables.put("AUTH_STORAGE_SOPS_AGE_RECIPIENTS",
                AgeIdentityFile.create(file, new JdkX25519(), new SecureRandom(), Clock.systemUTC()));
        variables.put("AUTH_STORAGE_SOPS_AGE_KEY_FILE", file.toString());
        return variables;
    }
}
