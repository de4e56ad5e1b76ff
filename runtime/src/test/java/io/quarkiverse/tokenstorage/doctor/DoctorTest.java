package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.Report.Verdict;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkiverse.tokenstorage.storage.UnknownSetting;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.LockedDocument;

/** What the doctor finds in installations that are well, unfinished, and ill in one way each. */
class DoctorTest extends DoctorTestCase {

    @Test
    void anInstallationThatWorksIsWell() {
        initialise();
        storage().save("corporate", AuthToken.builder("a").build());

        Report report = examine();

        assertThat(report.findings()).allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.OK));
        assertThat(report.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(of(report, "SOPS binary found").get(0).detail())
                .isEqualTo("not needed, for SOPS is built in (none is installed)");
    }

    @Test
    void oneTokenCanBeExaminedWithoutTheOthers() throws IOException {
        initialise();
        storage().save("good", AuthToken.builder("a").build());
        storage().save("damaged", AuthToken.builder("a").build());
        Path damaged = tokens.resolve("damaged.token.sops.json");
        chmod(damaged, "rw-------");
        Files.writeString(damaged, "{");
        Doctor doctor = new Doctor(settings("sops", environment), storage(), "app");

        assertThat(doctor.examineToken("good").status()).isEqualTo(Status.OK);
        assertThat(doctor.examineToken("damaged")).satisfies(finding -> {
            assertThat(finding.detail()).startsWith("damaged: damaged: " + damaged);
            assertThat(finding.fix()).contains("restore the file from a copy, or log in again: app auth logout damaged");
        });
    }

    @Test
    void withoutAnythingTheFixIsToInitialise() {
        Report report = examine();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        assertThat(of(report, "Age key file exists").get(0).fix()).contains("app secrets init");
        assertThat(of(report, ".sops.yaml configuration found").get(0).fix()).contains("app secrets init");
        for (String check : List.of("Can encrypt/decrypt test value", "Creation rule for the token directory")) {
            assertThat(of(report, check)).containsExactly(
                    Finding.notConfigured(check, "there is no rules file", "see '.sops.yaml configuration found'"));
        }
        everyFailureHasAFix(report);
    }

    @Test
    void aRulesFileThatIsThereIsNotMendedByMakingAnother() throws IOException {
        initialise();
        Files.writeString(rules, "creation_rules: [{path_regex: elsewhere, age: " + recipient + "}]");

        Report atHome = examine();

        assertThat(of(atHome, "Creation rule for the token directory").get(0).fix())
                .contains(
                        "add that rule to the file, or replace it with all its rules: app secrets init --force (the old file is"
                                + " kept as .bak)");

        Path project = Files.createDirectory(home.resolve("project"));
        Files.move(rules, project.resolve(".sops.yaml"));
        environment = new HostEnvironment(environment.variables(), project, "?", OperatingSystem.LINUX);

        Report inAProject = examine();

        assertThat(of(inAProject, "Creation rule for the token directory").get(0).fix())
                .contains("correct that file, set SOPS_CONFIG to your own rules file, or work elsewhere");
        assertThat(of(inAProject, "Can encrypt/decrypt test value").get(0).fix())
                .contains("see 'Creation rule for the token directory'");
    }

    @Test
    void rulesForStrangersOnlyAreAMatterOfConfiguration() throws IOException {
        initialise();
        Files.delete(AgeIdentityFile.defaultFile(environment));

        assertThat(examine().verdict()).isEqualTo(Verdict.NOT_CONFIGURED);

        AgeIdentityFile.create(AgeIdentityFile.defaultFile(environment), FastestX25519.detect(), new SecureRandom(),
                Clock.systemUTC());
        Report report = examine();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        assertThat(of(report, "Own identity among the recipients").get(0).detail()).contains(recipient + " only");
    }

    @Test
    void recipientsOfOthersInTheSettingAreMendedThere() {
        initialise();
        String other = AgeIdentityFile.create(home.resolve("other.txt"), FastestX25519.detect(), new SecureRandom(),
                Clock.systemUTC());
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(other), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Report report = new Doctor(new StorageSettings("sops", Map.of(), Optional.empty(), texts, environment), storage(),
                "app")
                .examine();

        assertThat(of(report, "Own identity among the recipients").get(0).fix()).contains("add " + recipient
                + " to auth.storage.sops.age.recipients, or let auth.storage.sops.age.key-file name the identity of " + other);
    }

    @Test
    void aKeyFileThatGivesNothingIsNamedOnce() throws IOException {
        initialise();
        Path keys = AgeIdentityFile.defaultFile(environment);
        Files.delete(keys);
        Files.writeString(keys, "planted");

        Finding finding = of(examine(), "Age key file exists").get(0);

        assertThat(finding.detail()).startsWith(keys + ": line 1").doesNotContain("planted").containsOnlyOnce(keys.toString());
        assertThat(finding.fix()).contains("correct it, or move it away and make another: app secrets init");
    }

    @Test
    void aMisspeltSettingIsNamedWithTheOneThatIsMeant() {
        initialise();
        StorageSettings misspelt = new StorageSettings("sops", Map.of(), Optional.empty(), StorageSettings.Texts.NONE,
                environment, Optional.empty(), IdentityUnlocking.unattended(),
                () -> List.of(new UnknownSetting("auth.storage.sops.directry", "auth.storage.sops.directory")));

        Report report = new Doctor(misspelt, storage(), "app").examine();

        assertThat(report.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(of(report, "Settings understood")).containsExactly(Finding.warn("Settings understood",
                "auth.storage.sops.directry is not known: did you mean auth.storage.sops.directory?",
                "rename it to auth.storage.sops.directory"));
    }

    @Test
    void withoutAHomeItStillAnswers() {
        HostEnvironment homeless = new HostEnvironment(Map.of(), home, "?", OperatingSystem.LINUX);

        Report report = new Doctor(settings("sops", homeless), storage(), "app").examine();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        assertThat(of(report, "Settings understood").get(0).detail()).contains("HOME");
        assertThat(of(report, "Age key file exists").get(0).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void plainStorageIsAWarningAndNeedsNoKeys() {
        Report report = new Doctor(settings("file", environment), TokenStorages.memory(), "app").examine();

        assertThat(report.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(of(report, "Storage backend").get(0).status()).isEqualTo(Status.WARN);
        assertThat(of(report, "Can encrypt/decrypt test value").get(0).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void aHeldLockIsNamedAndDoesNotHoldUpTheDoctor() {
        initialise();
        storage().save("corporate", AuthToken.builder("a").build());

        try (LockedDocument held = new DirectoryStore(tokens, DocumentNames.SOPS, Duration.ZERO).lock("corporate")) {
            Report report = CompletableFuture.supplyAsync(this::examine).join();
            Finding finding = of(report, "Locks can be taken").get(0);
            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.detail()).contains("corporate", "this process");
        }
    }

    @Test
    void oldTemporaryFilesAreNamedAndYoungOnesNot() throws IOException {
        initialise();
        storage().save("corporate", AuthToken.builder("a").build());
        Files.createFile(tokens.resolve(".tmp-0000000000000000-young"));
        Path old = Files.createFile(tokens.resolve(".tmp-0000000000000000-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        List<Finding> findings = of(examine(), "No left-over files");

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).fix()).contains("rm " + old);
    }

    @Test
    void metadataInClearIsAWarningThatNamesTheMembersNotTheirValues() {
        initialise();
        storage().save("corporate", AuthToken.builder("a").metadata(Map.of("tenant_unencrypted", "planted")).build());

        Finding finding = of(examine(), "Tokens encrypted by the rule").get(0);

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("metadata.tenant_unencrypted").doesNotContain("planted");
    }

    @Test
    void aRuleForOneProviderOnlyIsFoundOut() throws IOException {
        initialise();
        storage().save("corporate", AuthToken.builder("a").build());
        storage().save("github", AuthToken.builder("a").build());
        Files.writeString(rules, Files.readString(rules).replaceFirst("path_regex: .*", "path_regex: corporate"));

        List<Finding> findings = of(examine(), "Creation rule for the token directory");

        assertThat(findings).extracting(Finding::status).containsExactlyInAnyOrder(Status.OK, Status.FAIL);
    }

    @Test
    void itCountsTheKeyGroupsThatOwnKeysOpen() throws IOException {
        initialise();
        String stranger = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";
        String groups = "creation_rules: [{key_groups: [{age: [" + recipient + "]}, {age: [" + stranger + "]}, {age: ["
                + stranger + ", " + recipient + "]}]";
        Files.writeString(rules, groups + ", shamir_threshold: 2}]");

        Report enough = examine();

        assertThat(of(enough, "Own identity among the recipients").get(0).detail())
                .isEqualTo("in 2 of 3 key groups, and 2 are needed");
        assertThat(of(enough, "Can encrypt/decrypt test value").get(0).status()).isEqualTo(Status.OK);

        Files.writeString(rules, groups + "}]");
        Report tooFew = examine();

        Finding own = of(tooFew, "Own identity among the recipients").get(0);
        assertThat(own.detail())
                .isEqualTo(rules + ", rule 1: in 2 of 3 key groups, and 3 are needed; not in group 2: " + stranger);
        assertThat(own.fix().orElseThrow()).startsWith("add " + recipient + " to as many groups");
        Finding roundTrip = of(tooFew, "Can encrypt/decrypt test value").get(0);
        assertThat(roundTrip.status()).isEqualTo(Status.FAIL);
        assertThat(roundTrip.detail()).contains("encrypted, but not decrypted", "open 2 of its 3 key groups");
        everyFailureHasAFix(tooFew);

        Files.writeString(rules, groups + ", shamir_threshold: 4}]");
        assertThat(of(examine(), "Can encrypt/decrypt test value").get(0).detail())
                .contains("shamir_threshold is 4, but there are only 3 key groups");
    }

    @Test
    void aFaultyDecryptionOrderIsNamed() {
        initialise();
        environment = new HostEnvironment(Map.of("HOME", home.toString(), "PATH", "", "SOPS_DECRYPTION_ORDER", "age,age"), home,
                "?", OperatingSystem.LINUX);

        Report report = examine();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        Finding settings = of(report, "Settings understood").get(0);
        assertThat(settings.detail()).startsWith("SOPS_DECRYPTION_ORDER names 'age' twice");
        assertThat(of(report, "Can encrypt/decrypt test value").get(0).fix()).contains("correct the setting");
    }

    @Test
    void aKeyThatIsGoneIsFoundByTheTestValueToo() throws IOException {
        initialise();
        Files.delete(AgeIdentityFile.defaultFile(environment));

        Finding roundTrip = of(examine(), "Can encrypt/decrypt test value").get(0);

        assertThat(roundTrip.status()).isEqualTo(Status.FAIL);
        assertThat(roundTrip.detail()).startsWith("encrypted, but not decrypted: ");
    }

    @Test
    void pathsInFixesCanBePastedIntoAShell() {
        assertThat(ShellWord.of(Path.of("/home/me/a.json"))).isEqualTo("/home/me/a.json");
        assertThat(ShellWord.of(Path.of("/home/it's me"))).isEqualTo("'/home/it'\\''s me'");
    }
}
