package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.SshKey;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** The files that {@code ssh-keygen} writes, in each of its formats. */
class SshKeyFilesTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLAIN = "{\n\t\"access_token\": \"value\"\n}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    List<String> asked = new ArrayList<>();

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
    }

    /** What sops reads without a passphrase, it reads alike. */
    @ParameterizedTest
    @ValueSource(strings = { "ed25519", "rsa -b 2048", "rsa -b 3072 -m PEM", "rsa -b 2048 -m PKCS8", "rsa -b 4096" })
    void withoutAPassphrase(String options) {
        SshKey key = generate(options);
        Exchange.bothWays(box, DOCUMENT, "file.json");
        assertThat(asked).isEmpty();
        assertThat(key.recipient()).endsWith(SshKey.COMMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ed25519", "ed25519 -Z aes128-ctr", "ed25519 -Z aes192-cbc", "ed25519 -Z aes256-gcm@openssh.com",
            "ed25519 -Z aes256-cbc -a 3", "ed25519 -Z 3des-cbc -a 3", "rsa -b 2048 -a 100", "rsa -b 2048 -m PEM" })
    void underAPassphrase(String options) {
        generate(options + " -N");
        try (OurSops ours = OurSops.in(box, answers("wrong", "", SshKey.PASSPHRASE))) {
            byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
            assertThat(ours.decrypt(document)).isEqualTo(PLAIN);
            assertThat(ours.decrypt(ours.encrypt(DOCUMENT, "file.json"))).isEqualTo(PLAIN);
        }
        String identity = "SOPS_AGE_SSH_PRIVATE_KEY_FILE (" + directory.resolve("keys/key") + ")";
        assertThat(asked).containsExactly(identity + " 1", identity + " 2", identity + " 3");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ed25519", "rsa -b 2048", "rsa -b 2048 -m PEM" })
    void underAPassphraseSopsReadsOurs(String options) {
        generate(options + " -N");
        try (OurSops ours = OurSops.in(box)) {
            assertThat(box.sopsDecryptAtTerminal(ours.encrypt(DOCUMENT, "file.json"), SshKey.PASSPHRASE)).isEqualTo(PLAIN);
        }
    }

    @Test
    void aWrongPassphraseEndsTheAttemptAndIsNotAskedForAgain() {
        generate("ed25519 -N");
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box, answers("one", "two", "three", "four"))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                        .hasMessageContaining("keys/key): wrong passphrase").hasMessageNotContaining("three");
            }
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void nobodyIsAskedForAKeyThatDoesNotFit() {
        generate("ed25519 -N");
        box.ruleFor(SshKey.generate(directory.resolve("keys/other"), "ed25519").recipient());
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box, answers("one"))) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("no identity");
            box.ruleFor(box.identity().recipient());
            assertThat(ours.decrypt(box.sopsEncrypt(DOCUMENT, "file.json"))).isEqualTo(PLAIN);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void withNobodyToAskTheErrorNamesTheFileAndTheRemedy() {
        generate("ed25519 -N");
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("SOPS_AGE_SSH_PRIVATE_KEY_FILE (" + directory.resolve("keys/key")
                            + ") is under a passphrase, and there is nobody to ask")
                    .hasMessageContaining("SOPS_AGE_SSH_PRIVATE_KEY_CMD");
        }
    }

    @Test
    void aCommandMustNotPrintAKeyUnderAPassphrase() {
        SshKey key = generate("ed25519 -N");
        box.unset("SOPS_AGE_SSH_PRIVATE_KEY_FILE").set("SOPS_AGE_SSH_PRIVATE_KEY_CMD", "cat " + key.file());
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
        try (OurSops ours = OurSops.in(box, answers(SshKey.PASSPHRASE))) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("SOPS_AGE_SSH_PRIVATE_KEY_CMD: it printed a key under a passphrase");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whatSopsCannotReadIsNamedWithItsRemedy() throws Exception {
        SshKey key = generate("rsa -b 2048 -m PKCS8 -N");
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
        assertProblem(document, "the encrypted form of PKCS #8");
        SshKey ecdsa = SshKey.generate(directory.resolve("keys/ecdsa"), "ecdsa");
        Files.copy(ecdsa.file(), key.file(), StandardCopyOption.REPLACE_EXISTING);
        assertProblem(document, "its type is not ssh-ed25519 or ssh-rsa");
        Files.writeString(key.file(), "nothing of the kind");
        assertProblem(document, "it holds no private key in PEM form");
        Path pem = SshKey.generate(directory.resolve("keys/pem"), "rsa", "-b", "2048", "-m", "PEM", "-N", "xxxxx").file();
        Files.delete(pem.resolveSibling("pem.pub"));
        box.set("SOPS_AGE_SSH_PRIVATE_KEY_FILE", pem.toString());
        assertProblem(document, "that is not in " + pem + ".pub (there is no such file)");
    }

    private void assertProblem(byte[] document, String problem) {
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("SOPS_AGE_SSH_PRIVATE_KEY_FILE (").hasMessageContaining(problem);
        }
    }

    /** Makes a key, and documents for it; {@code -N} at the end puts it under the passphrase. */
    private SshKey generate(String options) {
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        if (words.contains("-N")) {
            words.add(SshKey.PASSPHRASE);
        }
        SshKey key = SshKey.generate(directory.resolve("keys/key"), words.remove(0), words.toArray(String[]::new));
        box.ruleFor(key.recipient()).set("SOPS_AGE_SSH_PRIVATE_KEY_FILE", key.file().toString());
        return key;
    }

    private PassphraseSource answers(String... passphrases) {
        return (identity, attempt) -> {
            asked.add(identity + " " + attempt);
            return Optional.of(passphrases[attempt - 1].toCharArray());
        };
    }
}
