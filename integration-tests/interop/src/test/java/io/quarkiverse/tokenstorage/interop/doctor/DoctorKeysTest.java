package io.quarkiverse.tokenstorage.interop.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.doctor.Finding;
import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.Report;
import io.quarkiverse.tokenstorage.interop.keys.pgp.PgpTestCase;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.KmsServer;
import io.quarkiverse.tokenstorage.it.programs.SshKey;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What the doctor says of real keys: whether a save can use them, whether they open here, and that it asks nobody. */
class DoctorKeysTest extends PgpTestCase {

    private static final String KEYS = "Keys of the creation rule";

    @BeforeEach
    void modesThatAreWell() throws IOException {
        Files.setPosixFilePermissions(box.keyFile(), PosixFilePermissions.fromString("r--------"));
    }

    private CloseableTokenStorage storage() {
        return TokenStorages.sops(box.work().resolve("tokens"), StorageOptions.defaults().withEnvironment(box.environment()));
    }

    private Report examine() {
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.empty(), Optional.of("tokens"), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        try (CloseableTokenStorage storage = storage()) {
            return new Doctor(new StorageSettings("sops", Map.of(), Optional.empty(), texts, box.environment()), storage, "app")
                    .examine();
        }
    }

    private static List<Finding> of(Report report, String check) {
        return report.findings().stream().filter(finding -> finding.check().equals(check)).toList();
    }

    private static void assertWell(Report report) {
        assertThat(report.findings()).allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.OK));
    }

    private static void assertDoesNotEncrypt(Report report, String problem, String fix) {
        Finding finding = of(report, KEYS).get(0);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("does not encrypt, so nothing can be saved: ", problem);
        assertThat(finding.fix().orElseThrow()).contains(fix);
        assertThat(of(report, "Can encrypt/decrypt test value").get(0).fix()).isEqualTo(finding.fix());
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_CONFIGURED);
    }

    @Test
    void aPgpKeyThatWorksIsWell() {
        box.rules("creation_rules: [{pgp: " + plain + "}]");
        try (CloseableTokenStorage storage = storage()) {
            storage.save("corporate", AuthToken.builder("a").build());
        }

        Report report = examine();

        assertWell(report);
        assertThat(of(report, KEYS)).extracting(Finding::detail).containsExactly("pgp " + plain + ": encrypts and decrypts");
        assertThat(of(report, "Stored tokens have the keys of the rule")).extracting(Finding::detail)
                .containsExactly("corporate");
    }

    @Test
    void aPgpKeyUnderAPassphrase() {
        box.rules("creation_rules: [{pgp: " + locked + "}]");
        try (CloseableTokenStorage storage = storage()) {
            storage.save("corporate", AuthToken.builder("a").build());
        }
        gpg.answerQuestions("D " + PASSPHRASE + "\\nOK");
        box.set("GPG_TTY", "/dev/pts/0");

        Report asked = examine();

        assertWell(asked);
        assertThat(of(asked, KEYS).get(0).detail()).contains("encrypts, and decrypts after its passphrase");
        assertThat(of(asked, "Stored tokens readable").get(0).detail()).startsWith("corporate, not tried: ");
        assertThat(gpg.questions()).as("who was asked").isZero();

        gpg.configure("allow-preset-passphrase");
        gpg.preset("locked", PASSPHRASE);
        assertThat(of(examine(), KEYS)).extracting(Finding::detail)
                .containsExactly("pgp " + locked + ": encrypts and decrypts");
    }

    @Test
    void aPgpKeyThatNobodyCanUse() throws Exception {
        String expired = gpg.generate("expired", "", "future-default", "default", "1d", "--faked-system-time",
                "20200101T000000");
        box.rules("creation_rules: [{pgp: " + expired + "}]");
        assertDoesNotEncrypt(examine(), "the key expired on 2020-01-02", "extend it (gpg --quick-set-expire " + expired);

        String revoked = gpg.generate("revoked", "");
        gpg.importRevocation(revoked);
        box.rules("creation_rules: [{pgp: " + revoked + "}]");
        assertDoesNotEncrypt(examine(), "the key is revoked", "name another one in the rule");

        String signing = gpg.generate("signing", "", "ed25519", "sign", "never");
        box.rules("creation_rules: [{pgp: " + signing + "}]");
        assertDoesNotEncrypt(examine(), "it has no subkey for encryption", "add one (gpg --quick-add-key " + signing);

        String unknown = "0123456789ABCDEF0123456789ABCDEF01234567";
        box.rules("creation_rules: [{pgp: " + unknown + "}]");
        assertDoesNotEncrypt(examine(), "it has no such public key", "gpg --import its file");
    }

    @Test
    void aPgpKeyWhoseSecretIsElsewhere() {
        byte[] publicKey = gpg.run(new byte[0], "--export", plain).stdout();
        try (GpgHome other = new GpgHome()) {
            other.run(publicKey, "--import");
            box.set("GNUPGHOME", other.directory().toString());
            box.rules("creation_rules: [{pgp: " + plain + "}]");
            Report alone = examine();

            assertThat(of(alone, KEYS).get(0).detail()).contains("encrypts, does not decrypt here: ");
            assertThat(of(alone, KEYS).get(0).fix().orElseThrow()).startsWith("gpg --import it");
            assertThat(alone.verdict()).isEqualTo(Report.Verdict.NOT_CONFIGURED);

            box.rules("creation_rules: [{pgp: " + plain + ", age: " + box.identity().recipient() + "}]");
            Report beside = examine();

            assertWell(beside);
            assertThat(of(beside, KEYS)).extracting(Finding::detail).contains(
                    "pgp " + plain + ": encrypts; it decrypts elsewhere, and others decrypt here");
        }
    }

    @Test
    void ageKeysOfEveryKind() {
        SshKey ed25519 = SshKey.generate(box.home().resolve(".ssh/id_ed25519"), "ed25519");
        box.rules("creation_rules: [{age: ['" + ed25519.recipient() + "']}]");
        assertWell(examine());

        SshKey underPassphrase = SshKey.generate(box.home().resolve("keys/locked"), "ed25519", "-N", SshKey.PASSPHRASE);
        box.set("SOPS_AGE_SSH_PRIVATE_KEY_FILE", underPassphrase.file().toString());
        box.rules("creation_rules: [{age: ['" + underPassphrase.recipient() + "']}]");
        Finding finding = of(examine(), KEYS).get(0);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail())
                .contains("encrypts, and decrypts after its passphrase: " + underPassphrase.file() + " is under a passphrase");
    }

    @Test
    void aKeyOfAwsIsTriedAndAMissingOneNamed() throws Exception {
        try (KmsServer aws = KmsServer.start(directory.resolve("kms.log"))) {
            String key = aws.createKey("eu-west-1");
            box.set("AWS_ENDPOINT_URL", aws.endpoint()).set("AWS_EC2_METADATA_DISABLED", "true")
                    .set("AWS_ACCESS_KEY_ID", "AKIATEST").set("AWS_SECRET_ACCESS_KEY", "planted");
            box.rules("creation_rules: [{kms: '" + key + "'}]");
            try (CloseableTokenStorage storage = storage()) {
                storage.save("corporate", AuthToken.builder("a").build());
            }

            Report report = examine();

            assertWell(report);
            assertThat(of(report, KEYS)).extracting(Finding::detail).containsExactly("kms " + key + ": encrypts and decrypts");

            box.rules("creation_rules: [{kms: '" + key.substring(0, key.lastIndexOf('/')) + "/none'}]");
            assertDoesNotEncrypt(examine(), "there is no such key or alias", "check the ARN");
        }
    }

    @Test
    void theSecretsOfTheEnvironmentAreInNoFinding() {
        box.set("AWS_ACCESS_KEY_ID", "planted-id").set("AWS_SECRET_ACCESS_KEY", "planted").set("AWS_ENDPOINT_URL",
                "http://127.0.0.1:1").set("AWS_EC2_METADATA_DISABLED", "true").set("SOPS_AGE_KEY", "planted");
        box.rules("creation_rules: [{kms: 'arn:aws:kms:eu-west-1:123456789012:key/7aa61044-b2b9-4dc9-a1ce-e03906de3619'}]");

        Report report = examine();

        assertThat(of(report, KEYS).get(0).detail()).contains("AWS KMS cannot be reached");
        assertThat(report.toJson().toString()).doesNotContain("planted");
        assertThat(Files.exists(box.work().resolve("tokens"))).isFalse();
    }
}
