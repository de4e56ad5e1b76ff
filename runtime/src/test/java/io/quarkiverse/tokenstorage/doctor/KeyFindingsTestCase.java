package io.quarkiverse.tokenstorage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.kms.FakeKms;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What the doctor finds of the keys of a rule in a home of its own, with services and programs that fail on demand. */
@Timeout(60)
abstract class KeyFindingsTestCase {

    static final String KEYS = "Keys of the creation rule";
    static final String OWN = "Own identity among the recipients";
    static final String ROUND_TRIP = "Can encrypt/decrypt test value";
    static final String READABLE = "Stored tokens readable";
    static final String SAME_KEYS = "Stored tokens have the keys of the rule";
    static final String STRANGER = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    static final String FINGERPRINT = "40954A07BA38943BA63D458E991A4E62886DE346";
    static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path home;
    final FakeKms aws = new FakeKms();
    final Map<String, String> variables = new HashMap<>();
    String own;
    Duration patience = Duration.ofSeconds(30);
    IdentityUnlocking unlocking = IdentityUnlocking.unattended();

    @BeforeEach
    void setUp() {
        variables.putAll(aws.variables(home));
        variables.put("PATH", "/usr/bin:/bin");
        own = AgeIdentityFile.create(AgeIdentityFile.defaultFile(environment()), FastestX25519.detect(), new SecureRandom(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        aws.close();
    }

    HostEnvironment environment() {
        return new HostEnvironment(variables, home, "?", OperatingSystem.LINUX);
    }

    Path tokens() {
        return home.resolve(".config/kstlib/auth/tokens");
    }

    SopsTokenStorage storage() {
        return TokenStorages.sops(tokens(), StorageOptions.defaults().withEnvironment(environment()));
    }

    void rule(String... lines) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"), "creation_rules:\n  - " + String.join("\n    ", lines) + "\n");
    }

    Report examine() {
        StorageSettings settings = new StorageSettings("sops", Map.of(), Optional.empty(), StorageSettings.Texts.NONE,
                environment(), Optional.empty(), unlocking, List::of);
        try (SopsTokenStorage storage = storage()) {
            Report report = new Doctor(settings, storage, "app", patience).examine();
            assertThat(report.findings()).filteredOn(finding -> finding.status() == Status.FAIL)
                    .allSatisfy(finding -> assertThat(finding.fix()).isPresent());
            return report;
        }
    }

    static List<Finding> of(Report report, String check) {
        List<Finding> findings = report.findings().stream().filter(finding -> finding.check().equals(check)).toList();
        assertThat(findings).as(check).isNotEmpty();
        return findings;
    }

    static Finding one(Report report, String check) {
        assertThat(of(report, check)).hasSize(1);
        return of(report, check).get(0);
    }
}
