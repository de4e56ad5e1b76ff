package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.KeyReport.Answer;
import io.quarkiverse.tokenstorage.doctor.Report.Verdict;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.kms.FakeKms;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What the doctor finds out about the keys of rules and of stored tokens, with services and programs that fail on demand. */
@Timeout(60)
class DoctorKeysTest {

    private static final String KEYS = "Keys of the creation rule";
    private static final String OWN = "Own identity among the recipients";
    private static final String ROUND_TRIP = "Can encrypt/decrypt test value";
    private static final String READABLE = "Stored tokens readable";
    private static final String SAME_KEYS = "Stored tokens have the keys of the rule";
    private static final String STRANGER = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    private static final String FINGERPRINT = "40954A07BA38943BA63D458E991A4E62886DE346";
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path home;
    final FakeKms aws = new FakeKms();
    private final Map<String, String> variables = new HashMap<>();
    private String own;
    private Duration patience = Duration.ofSeconds(30);
    private IdentityUnlocking unlocking = IdentityUnlocking.unattended();

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

    private HostEnvironment environment() {
        return new HostEnvironment(variables, home, "?", OperatingSystem.LINUX);
    }

    private Path tokens() {
        return home.resolve(".config/kstlib/auth/tokens");
    }

    private SopsTokenStorage storage() {
        return TokenStorages.sops(tokens(), StorageOptions.defaults().withEnvironment(environment()));
    }

    private void rule(String... lines) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"), "creation_rules:\n  - " + String.join("\n    ", lines) + "\n");
    }

    private Report examine() {
        StorageSettings settings = new StorageSettings("sops", Map.of(), Optional.empty(), StorageSettings.Texts.NONE,
                environment(), Optional.empty(), unlocking);
        try (SopsTokenStorage storage = storage()) {
            Report report = new Doctor(settings, storage, "app", patience).examine();
            assertThat(report.findings()).filteredOn(finding -> finding.status() == Status.FAIL)
                    .allSatisfy(finding -> assertThat(finding.fix()).isPresent());
            return report;
        }
    }

    private static List<Finding> of(Report report, String check) {
        List<Finding> findings = report.findings().stream().filter(finding -> finding.check().equals(check)).toList();
        assertThat(findings).as(check).isNotEmpty();
        return findings;
    }

    private static Finding one(Report report, String check) {
        assertThat(of(report, check)).hasSize(1);
        return of(report, check).get(0);
    }

    @Test
    void aKeyOfAwsThatWorksIsTriedForBothDirections() throws IOException {
        rule("kms: " + FakeKms.ARN);

        Report report = examine();

        assertThat(report.findings()).allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.OK));
        assertThat(one(report, KEYS).detail()).isEqualTo("kms " + FakeKms.ARN + ": encrypts and decrypts");
        assertThat(one(report, OWN).detail()).isEqualTo(FakeKms.ARN);
        assertThat(aws.calls()).containsExactly("Encrypt", "Decrypt", "Encrypt", "Decrypt");
    }

    @Test
    void aKeyThatMustNotEncryptStopsEverySave() throws IOException {
        rule("kms: " + FakeKms.ARN, "age: " + own);
        aws.failing("Encrypt", 400, "AccessDeniedException");

        Report report = examine();

        assertThat(report.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        Finding kms = of(report, KEYS).get(1);
        assertThat(kms.status()).isEqualTo(Status.FAIL);
        assertThat(kms.detail()).startsWith("kms " + FakeKms.ARN + ": does not encrypt, so nothing can be saved: ")
                .contains("kms:Encrypt was denied (AccessDeniedException");
        assertThat(kms.fix().orElseThrow()).startsWith("allow it to the credentials in use");
        assertThat(of(report, KEYS).get(0).status()).isEqualTo(Status.OK);
        assertThat(one(report, ROUND_TRIP).status()).isEqualTo(Status.FAIL);
        assertThat(one(report, ROUND_TRIP).fix()).isEqualTo(kms.fix());
        assertThat(one(report, OWN).detail()).as("known without trying").contains(own);
        assertThat(aws.calls()).as("what has failed is not tried again").containsExactly("Encrypt");
    }

    @Test
    void aKeyThatMustNotDecryptIsAFailureOnlyIfNoOtherCan() throws IOException {
        aws.failing("Decrypt", 400, "AccessDeniedException");
        rule("kms: " + FakeKms.ARN, "age: " + own);

        Report withAnother = examine();

        assertThat(withAnother.verdict()).isEqualTo(Verdict.HEALTHY);
        Finding warning = of(withAnother, KEYS).get(1);
        assertThat(warning.status()).isEqualTo(Status.WARN);
        assertThat(warning.detail()).contains("encrypts, does not decrypt here: ", "kms:Decrypt was denied")
                .endsWith("; others do");
        assertThat(one(withAnother, OWN).detail()).isEqualTo(own + ", beside 1 other(s)");

        rule("kms: " + FakeKms.ARN);
        Report alone = examine();

        assertThat(alone.verdict()).isEqualTo(Verdict.FAILURES);
        for (String check : List.of(KEYS, OWN)) {
            assertThat(one(alone, check).status()).isEqualTo(Status.FAIL);
            assertThat(one(alone, check).fix().orElseThrow()).startsWith("allow it to the credentials in use");
        }
        assertThat(one(alone, ROUND_TRIP).detail()).startsWith("encrypted, but not decrypted: ");
    }

    @Test
    void aServiceThatDoesNotAnswerHoldsNobodyUp() throws IOException {
        rule("kms: " + FakeKms.ARN);
        storage().save("corporate", AuthToken.builder("a").build());
        aws.silent();
        patience = SHORT;
        long start = System.nanoTime();

        Report report = examine();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(one(report, KEYS).detail())
                .endsWith("no answer from AWS KMS, or from what gives the credentials within 1 s");
        assertThat(one(report, KEYS).fix()).contains("check the network, AWS_ENDPOINT_URL, and what gives the credentials");
        assertThat(one(report, ROUND_TRIP).status()).isEqualTo(Status.FAIL);
        assertThat(one(report, OWN).status()).isEqualTo(Status.SKIPPED);
        assertThat(one(report, READABLE).detail()).startsWith("corporate: not read: what its keys need").endsWith("within 1 s");
        assertThat(report.verdict()).isEqualTo(Verdict.FAILURES);
    }

    @Test
    void aProgramThatDoesNotAnswerHoldsNobodyUp() throws IOException {
        Path gpg = Files.writeString(home.resolve("gpg"), "#!/bin/sh\necho $$ > " + home.resolve("pid") + "\nexec sleep 600\n");
        chmod(gpg, "rwx------");
        variables.put("SOPS_GPG_EXEC", gpg.toString());
        rule("pgp: " + FINGERPRINT);
        patience = SHORT;
        long start = System.nanoTime();

        Report report = examine();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(one(report, KEYS).detail()).isEqualTo("pgp " + FINGERPRINT
                + ": does not encrypt, so nothing can be saved: no answer from gpg within 1 s");
        // It has been killed, which the system may take a moment for
        ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("pid")).strip()))
                .ifPresent(
                        left -> assertThat(left.onExit()).as("nothing is left running").succeedsWithin(Duration.ofSeconds(5)));
        assertThat(one(report, KEYS).fix().orElseThrow()).contains("gpgconf --kill gpg-agent");
        assertThat(one(report, "Age key file exists").detail()).isEqualTo("not needed: no rule names an age key");
    }

    @Test
    void withoutGpgItIsNamedAndHowToGetIt() throws IOException {
        variables.put("PATH", home.toString());
        rule("pgp: " + FINGERPRINT);

        Finding finding = one(examine(), KEYS);

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("gpg is not installed, or not in PATH");
        assertThat(finding.fix().orElseThrow()).startsWith("install GnuPG");
    }

    @Test
    void theKeyOfSomebodyElseIsNoFault() throws IOException {
        rule("age: " + own + "," + STRANGER);

        Report report = examine();

        assertThat(of(report, KEYS)).extracting(Finding::status, Finding::detail).containsExactly(
                tuple(Status.OK, "age " + own + ": encrypts and decrypts"),
                tuple(Status.OK,
                        "age " + STRANGER + ": encrypts; it decrypts elsewhere, and others decrypt here"));
        assertThat(report.verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void ofSeveralKeyGroupsEnoughMustOpen() throws IOException {
        String groups = "key_groups: [{age: ['" + own + "']}, {kms: [{arn: '" + FakeKms.ARN + "'}]}, {age: ['" + STRANGER
                + "']}]";
        rule(groups, "shamir_threshold: 2");

        Report enough = examine();

        assertThat(enough.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(of(enough, KEYS)).extracting(Finding::detail).containsExactly(
                "group 1: age " + own + ": encrypts and decrypts", "group 2: kms " + FakeKms.ARN + ": encrypts and decrypts",
                "group 3: age " + STRANGER + ": encrypts; it decrypts elsewhere, and others decrypt here");
        assertThat(one(enough, OWN).detail()).isEqualTo("in 2 of 3 key groups, and 2 are needed");

        rule(groups, "shamir_threshold: 3");
        Report tooFew = examine();

        assertThat(tooFew.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        String origin = home.resolve(".sops.yaml") + ", rule 1";
        assertThat(tooFew.keys()).containsExactly(new KeyReport(origin, 1, "age", own, Answer.YES, Answer.YES),
                new KeyReport(origin, 2, "kms", FakeKms.ARN, Answer.YES, Answer.YES),
                new KeyReport(origin, 3, "age", STRANGER, Answer.YES, Answer.NO));
        assertThat(new String(JsonWriter.write(tooFew.toJson(), 0), StandardCharsets.UTF_8)).contains("\"group\": 2,\n"
                + "\"kind\": \"kms\",\n\"identity\": \"" + FakeKms.ARN + "\",\n\"encrypts\": \"yes\",\n\"decrypts\": \"yes\"");
        assertThat(of(tooFew, KEYS)).extracting(Finding::status).containsExactly(Status.OK, Status.OK, Status.FAIL);
        assertThat(one(tooFew, OWN).detail()).contains("in 2 of 3 key groups, and 3 are needed; not in group 3: " + STRANGER);
    }

    @Test
    void keysThatAreNotBuiltInLeadToTheProgram() throws IOException {
        rule("gcp_kms: projects/p/locations/global/keyRings/r/cryptoKeys/k");

        Report report = examine();

        for (String check : List.of("Creation rule for the token directory", ROUND_TRIP)) {
            assertThat(one(report, check).detail()).contains("gcp_kms");
            assertThat(one(report, check).fix().orElseThrow()).contains("auth.storage.sops.engine=executable");
        }
        assertThat(one(report, KEYS).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void anIdentityUnderAPassphraseIsNotAskedFor() throws IOException {
        rule("age: " + own);
        storage().save("corporate", AuthToken.builder("a").build());
        Path keys = AgeIdentityFile.defaultFile(environment());
        Files.delete(keys);
        Files.writeString(keys, "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n");
        chmod(keys, "r--------");

        Report unattended = examine();

        for (String check : List.of(KEYS, ROUND_TRIP, READABLE)) {
            assertThat(one(unattended, check).status()).as(check).isEqualTo(Status.WARN);
            assertThat(one(unattended, check).fix().orElseThrow()).contains("SOPS_AGE_KEY_CMD");
        }
        assertThat(unattended.keys().get(0).decrypts()).isEqualTo(Answer.AFTER_PASSPHRASE);
        assertThat(one(unattended, KEYS).detail()).contains("decrypts after its passphrase: " + keys);

        unlocking = new IdentityUnlocking((identity, attempt) -> {
            throw new AssertionError("asked for " + identity);
        });
        assertThat(examine().findings()).allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.OK));
    }

    @Test
    void storedTokensWithOtherKeysThanTheRuleAreMendedByTheFix() throws IOException {
        rule("age: " + own);
        try (SopsTokenStorage storage = storage()) {
            storage.save("corporate", AuthToken.builder("a").build());
            storage.save("github", AuthToken.builder("a").build());
            assertThat(one(examine(), SAME_KEYS)).isEqualTo(Finding.ok(SAME_KEYS, "corporate, github"));

            rule("age: " + own + "," + STRANGER);
            storage.updateKeys("github");
            List<Finding> findings = of(examine(), SAME_KEYS);

            assertThat(findings).extracting(Finding::status).containsExactly(Status.OK, Status.WARN);
            assertThat(findings.get(0).detail()).isEqualTo("github");
            assertThat(findings.get(1).detail())
                    .isEqualTo("corporate is encrypted for other keys than " + home.resolve(".sops.yaml")
                            + ", rule 1 names: not for " + STRANGER);
            assertThat(findings.get(1).fix()).contains("app secrets updatekeys corporate");

            rule("age: " + own);
            storage.updateKeys("corporate");
            assertThat(of(examine(), SAME_KEYS).get(1).fix())
                    .contains("app secrets updatekeys github, or with a new data key, so"
                            + " that the former keys are of no use: app secrets rotate github");
        }
    }

    @Test
    void aTokenForKeysThatAreNotBuiltInIsToldApart() throws IOException {
        rule("age: " + own);
        storage().save("corporate", AuthToken.builder("a").build());
        Path file = tokens().resolve("corporate.token.sops.json");
        String document = Files.readString(file);
        Files.delete(file);
        Files.writeString(file, document.replaceFirst("(?s)\"age\": \\[.*?\\]",
                "\"gcp_kms\": [{\"resource_id\": \"projects/p/locations/l/keyRings/r/cryptoKeys/k\","
                        + " \"created_at\": \"2026-01-02T03:04:05Z\", \"enc\": \"AAAA\"}]"));

        Finding finding = one(examine(), READABLE);

        assertThat(finding.detail()).startsWith("corporate: no key: ");
        assertThat(finding.fix().orElseThrow()).contains("auth.storage.sops.engine=executable", "app auth logout corporate");
    }
}
