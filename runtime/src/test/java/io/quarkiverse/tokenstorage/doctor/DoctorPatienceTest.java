package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.Report.Verdict;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.kms.FakeKms;

/** Services and programs that do not answer hold the doctor up for its patience, once, and no longer. */
class DoctorPatienceTest extends KeyFindingsTestCase {

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
    void aKeyThatEncryptsAndWhoseIdentityIsWaitedForLeadsToTheProgramThatPrintsIt() throws IOException {
        Path printer = Files.writeString(home.resolve("printer"), "#!/bin/sh\nexec sleep 600\n");
        chmod(printer, "rwx------");
        variables.put("SOPS_AGE_KEY_CMD", printer.toString());
        Files.delete(AgeIdentityFile.defaultFile(environment()));
        rule("age: " + own);
        patience = SHORT;

        Finding finding = one(examine(), KEYS);

        assertThat(finding.detail()).isEqualTo("age " + own
                + ": encrypts, does not decrypt here: no answer from a program that prints age identities within 1 s");
        assertThat(finding.fix()).contains("see whether the program that prints identities waits for something");
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
}
