package io.quarkiverse.tokenstorage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileTemplate;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** An installation in a home of its own for the doctor to look at. */
abstract class DoctorTestCase {

    @TempDir
    Path home;

    HostEnvironment environment;
    Path tokens;
    Path rules;
    String recipient;

    @BeforeEach
    void setUp() {
        environment = new HostEnvironment(Map.of("HOME", home.toString(), "PATH", ""), home, "?", OperatingSystem.LINUX);
        tokens = home.resolve(".config/kstlib/auth/tokens");
        rules = home.resolve(".sops.yaml");
    }

    void initialise() {
        recipient = AgeIdentityFile.create(AgeIdentityFile.defaultFile(environment), FastestX25519.detect(),
                new SecureRandom(), Clock.systemUTC());
        RulesFileTemplate.write(rules, RulesFileTemplate.content(tokens, rules, RuleKeys.age(recipient)), false);
    }

    StorageSettings settings(String backend, HostEnvironment surroundings) {
        return new StorageSettings(backend, Map.of(), Optional.empty(), StorageSettings.Texts.NONE, surroundings);
    }

    TokenStorage storage() {
        return TokenStorages.sops(tokens, StorageOptions.defaults().withEnvironment(environment));
    }

    Report examine() {
        return new Doctor(settings("sops", environment), storage(), "app").examine();
    }

    static List<Finding> of(Report report, String check) {
        List<Finding> findings = report.findings().stream().filter(finding -> finding.check().equals(check)).toList();
        assertThat(findings).as(check).isNotEmpty();
        return findings;
    }

    static void everyFailureHasAFix(Report report) {
        assertThat(report.findings()).filteredOn(finding -> finding.status() == Status.FAIL)
                .allSatisfy(finding -> assertThat(finding.fix()).isPresent());
    }
}
