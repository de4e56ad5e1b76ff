package io.quarkiverse.tokenstorage.sops.age;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.description;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.entry;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Post-quantum and SSH keys, of which the SSH ones are in files of PKCS #8 that this test makes. */
class AgeKeyKindsTest {

    @TempDir
    Path home;
    Map<String, String> variables;
    String postQuantum;
    String ed25519;
    String rsa;

    @BeforeEach
    void oneKeyOfEachKind() throws Exception {
        byte[] seed = new byte[AdditionalAlgorithms.HYBRID_SEED_LENGTH];
        new SecureRandom().nextBytes(seed);
        postQuantum = HybridRecipient.text(new BouncyCastleAlgorithms().hybridPrivateKey(seed).publicKey());
        Path edFile = keyFile("Ed25519", 255, "ed");
        keyFile("RSA", 2048, ".ssh/id_rsa");
        variables = Map.of("SOPS_AGE_KEY", Bech32Text.encode("AGE-SECRET-KEY-PQ-", seed), "SOPS_AGE_SSH_PRIVATE_KEY_FILE",
                edFile.toString());
        try (AgeKeyService service = service(home, variables)) {
            Set<String> own = service.ownMasterKeys().orElseThrow();
            ed25519 = own.stream().filter(key -> key.startsWith("ssh-ed25519 ")).findFirst().orElseThrow();
            rsa = own.stream().filter(key -> key.startsWith("ssh-rsa ")).findFirst().orElseThrow();
            assertThat(own).containsExactlyInAnyOrder(postQuantum, ed25519, rsa);
        }
    }

    private Path keyFile(String algorithm, int size, String name) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        String body = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        chmod(file, "rw-------");
        return file;
    }

    @Test
    void eachOpensItsOwnAndNoOther() {
        try (AgeKeyService all = service(home, variables); DataKey dataKey = DataKey.random(new SecureRandom())) {
            for (String recipient : new String[] { postQuantum, ed25519, rsa, ed25519 + " me@here", rsa + "  two words" }) {
                KeyEntry entry = all.masterKey(description(recipient), "test").wrap(dataKey);
                assertThat(entry.identity()).isEqualTo(recipient);
                assertThat(all.unwrap(entry).bytes()).isEqualTo(dataKey.bytes());
                assertThat(all.unwrapAtHand(entry).orElseThrow().bytes()).isEqualTo(dataKey.bytes());
                try (AgeKeyService none = service(home.resolve("elsewhere"), Map.of())) {
                    assertThatThrownBy(() -> none.unwrap(entry)).isInstanceOf(DataKeyUnavailableException.class)
                            .hasMessageContaining(recipient.startsWith("ssh-") ? "SOPS_AGE_SSH_PRIVATE_KEY_FILE"
                                    : "AGE-SECRET-KEY-PQ-1");
                }
            }
        }
    }

    @Test
    void anOwnKeyIsKnownByItsCommentedRecipient() {
        try (AgeKeyService service = service(home, variables)) {
            Set<String> own = service.ownMasterKeys().orElseThrow();
            MasterKey commented = service.masterKey(description(ed25519 + "\tme@here"), "test");
            assertThat(commented.isOneOf(own)).isTrue();
            assertThat(commented.isOneOf(Set.of(rsa, postQuantum))).isFalse();
            for (String hostile : List.of("\u202e", "\u0085", "\u2028", "\u2029", "\u200b", "\u007f", "\ud800")) {
                assertThatThrownBy(() -> service.masterKey(description(ed25519 + " me" + hostile + "x"), "test"))
                        .hasMessageContaining("it is not a type, the key and perhaps a comment, in one line");
            }
            assertThat(service.masterKey(description(postQuantum), "test").isOneOf(own)).isTrue();
        }
    }

    /** Not one of them may answer anything but the data key, "damaged" or "no key". */
    @Test
    void noticesEveryChangedByte() {
        try (AgeKeyService service = service(home, variables); DataKey dataKey = DataKey.random(new SecureRandom())) {
            for (String recipient : new String[] { postQuantum, ed25519, rsa }) {
                byte[] file = AgeArmor.decode(service.masterKey(description(recipient), "test").wrap(dataKey).enc());
                // A changed encapsulation costs as much as a right one, so not every byte of its 1500 is tried
                int step = recipient.equals(ed25519) ? 1 : 7;
                for (int i = 0; i < file.length; i += step) {
                    byte[] changed = file.clone();
                    changed[i] ^= 1;
                    KeyEntry entry = entry(recipient, AgeArmor.encode(changed));
                    assertThatThrownBy(() -> service.unwrap(entry)).as("byte %d of %s", entry.enc().length(), recipient)
                            .isInstanceOfAny(DamagedDocumentException.class, DataKeyUnavailableException.class);
                }
            }
        }
    }

    @Test
    void refusesPublicKeysThatNobodyCouldHave() {
        byte[] outOfRange = new byte[AdditionalAlgorithms.HYBRID_PUBLIC_KEY_LENGTH];
        Arrays.fill(outOfRange, (byte) 0xff);
        try (AgeKeyService service = service(home, Map.of()); DataKey dataKey = DataKey.random(new SecureRandom())) {
            assertThatThrownBy(() -> service.masterKey(description(HybridRecipient.text(outOfRange)), "rule").wrap(dataKey))
                    .isInstanceOf(StorageNotConfiguredException.class);
            String small = SshPublicKeyText.rsa(1024);
            assertThatThrownBy(() -> service.masterKey(description(small), "rule"))
                    .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("2048 to 8192 bits")
                    .hasMessageContaining("1024");
            assertThatThrownBy(() -> service.masterKey(description(SshPublicKeyText.ed25519(new byte[] { 2 })), "rule"))
                    .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("not a point of the curve");
            // y = 1: the neutral element, of small order
            assertThatThrownBy(() -> service.masterKey(description(SshPublicKeyText.ed25519(new byte[] { 1 })), "rule")
                    .wrap(dataKey)).isInstanceOf(StorageNotConfiguredException.class);
        }
    }
}
