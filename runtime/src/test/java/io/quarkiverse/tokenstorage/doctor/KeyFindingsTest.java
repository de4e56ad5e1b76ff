package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.KeyReport.Answer;
import io.quarkiverse.tokenstorage.doctor.Report.Verdict;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.kms.FakeKms;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;

/** What the doctor finds out about the keys of rules and of stored tokens. */
class KeyFindingsTest extends KeyFindingsTestCase {

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

        assertThat(one(report, "Creation rule for the token directory").detail()).contains("gcp_kms");
        assertThat(one(report, "Creation rule for the token directory").fix().orElseThrow())
                .contains("auth.storage.sops.engine=executable");
        assertThat(one(report, ROUND_TRIP)).isEqualTo(Finding.notConfigured(ROUND_TRIP, "there is no creation rule for it",
                "see 'Creation rule for the token directory'"));
        assertThat(one(report, KEYS).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void aRecipientOfAnAgePluginLeadsToTheProgram() throws IOException {
        rule("age: age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t");

        Finding finding = one(examine(), "Creation rule for the token directory");

        assertThat(finding.detail()).contains("age plugins");
        assertThat(finding.fix().orElseThrow()).contains("auth.storage.sops.engine=executable");
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
