package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** Identity files under a passphrase, made by age: sops opens the same documents with them as we do. */
class ProtectedIdentitiesTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLAIN = "{\n\t\"access_token\": \"value\"\n}\n".getBytes(StandardCharsets.UTF_8);
    private static final String PASSPHRASE = "correct Pferd battery";
    private static final int QUICK = 10;

    @TempDir
    Path directory;
    Sandbox box;
    AgeIdentity postQuantum;
    List<String> asked = new ArrayList<>();

    @BeforeEach
    void noIdentityInTheClear() throws Exception {
        box = Sandbox.in(directory);
        Files.delete(box.keyFile());
        postQuantum = AgeIdentity.generatePostQuantum();
        box.ruleFor(box.identity().recipient());
    }

    @Test
    void aPassphraseOpensTheIdentitiesOfEverySource() throws Exception {
        byte[] binary = locked("# both\n" + box.identity().secretKey() + "\n" + postQuantum.secretKey() + "\n", QUICK);
        byte[] armored = locked(box.identity().secretKey(), QUICK, "--armor");
        Sandbox.write(box.keyFile(), binary);
        assertBothRead(box.keyFile().toString());
        Files.delete(box.keyFile());
        Path file = Sandbox.write(box.home().resolve("identity.age"), armored);
        box.set("SOPS_AGE_KEY_FILE", file.toString());
        assertBothRead("SOPS_AGE_KEY_FILE (" + file + ")");
        box.unset("SOPS_AGE_KEY_FILE").set("SOPS_AGE_KEY_CMD", "cat " + file);
        assertBothRead("SOPS_AGE_KEY_CMD");
        box.unset("SOPS_AGE_KEY_CMD").set("SOPS_AGE_KEY", new String(armored, StandardCharsets.US_ASCII));
        assertBothRead("SOPS_AGE_KEY");
    }

    @Test
    void aPostQuantumIdentityWithin() {
        Sandbox.write(box.keyFile(), locked(postQuantum.secretKey(), QUICK));
        box.ruleFor(postQuantum.recipient());
        assertBothRead(box.keyFile().toString());
    }

    @Test
    void theWorkFactorOfAge() {
        Sandbox.write(box.keyFile(), locked(box.identity().secretKey(), 18));
        assertBothRead(box.keyFile().toString());
    }

    /** Several chunks of 64 KiB, and one whose last chunk is full. */
    @Test
    void largeFilesAreReadWhole() {
        for (int size : new int[] { 64 * 1024, 128 * 1024, 200_000 }) {
            String identity = box.identity().secretKey() + "\n";
            String comments = ("#" + "x".repeat(1022) + "\n").repeat(size / 1024 + 1);
            Sandbox.write(box.keyFile(),
                    locked(comments.substring(0, size - identity.length() - 1) + "\n" + identity, QUICK));
            assertBothRead(box.keyFile().toString());
        }
    }

    @Test
    void contentThatIsNoIdentityIsNamed() {
        for (Map.Entry<String, String> content : Map.of("nonsense\n", "line 1: unknown identity type", "# none\n",
                "no identities found", "AGE-PLUGIN-X-1", "line 1: unknown identity type").entrySet()) {
            Sandbox.write(box.keyFile(), locked(content.getKey(), QUICK));
            assertFails(content.getValue());
        }
        Sandbox.write(box.keyFile(), "age-encryption.org/v1\n-> scrypt AAAA 31\n");
        assertFails("it is damaged");
        byte[] locked = locked(box.identity().secretKey(), QUICK);
        locked[locked.length - 1] ^= 1;
        Sandbox.write(box.keyFile(), locked);
        assertFails("it is damaged");
    }

    @Test
    void anAbsurdWorkFactorIsRefusedBeforeAnybodyIsAsked() {
        byte[] locked = locked(box.identity().secretKey(), QUICK);
        for (String factor : List.of("23", "30", "99999999")) {
            String header = new String(locked, StandardCharsets.ISO_8859_1).replaceFirst(" 10\n", " " + factor + "\n");
            Sandbox.write(box.keyFile(), header.getBytes(StandardCharsets.ISO_8859_1));
            assertFails("its scrypt work factor " + factor + " is larger than 22");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void nobodyIsAskedIfAnotherIdentityFits() {
        Sandbox.write(box.keyFile(), locked(AgeIdentity.generate().secretKey(), QUICK));
        box.set("SOPS_AGE_KEY", box.identity().secretKey());
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box, always(PASSPHRASE))) {
            assertThat(ours.decrypt(document)).isEqualTo(PLAIN);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aWrongPassphraseEndsTheAttempt() {
        Sandbox.write(box.keyFile(), locked(box.identity().secretKey(), QUICK));
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box, always("other"))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                        .hasMessageContaining(box.keyFile() + ": wrong passphrase");
            }
        }
        assertThat(asked).hasSize(3);
    }

    private void assertBothRead(String identity) {
        byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
        asked.clear();
        try (OurSops ours = OurSops.in(box, always(PASSPHRASE))) {
            assertThat(ours.decrypt(theirs)).isEqualTo(PLAIN);
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            assertThat(ours.decrypt(document)).isEqualTo(PLAIN);
            assertThat(box.sopsDecryptAtTerminal(document, PASSPHRASE)).isEqualTo(PLAIN);
        }
        assertThat(asked).containsExactly(identity);
    }

    private void assertFails(String problem) {
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box, always(PASSPHRASE))) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining(box.keyFile() + ": " + problem);
        }
    }

    private PassphraseSource always(String passphrase) {
        return (identity, attempt) -> {
            asked.add(identity);
            return Optional.of(passphrase.toCharArray());
        };
    }

    /** What {@code age --passphrase} makes, with the passphrase out of a variable instead of a terminal. */
    private byte[] locked(String identities, int workFactor, String... options) {
        Path age = RealProgram.AGE_1_3.required();
        List<String> command = new ArrayList<>(List.of(age.toString(), "--encrypt", "-j", "batchpass"));
        command.addAll(List.of(options));
        return ProgramRun.of(command, Map.of("PATH", age.getParent().toString(), "AGE_PASSPHRASE", PASSPHRASE,
                "AGE_PASSPHRASE_WORK_FACTOR", Integer.toString(workFactor)), box.work(),
                identities.getBytes(StandardCharsets.UTF_8)).output();
    }
}
