package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.it.programs.SshKey;

/** Every kind of age recipient, alone and with others: sops and age open what we write, and we what they write. */
class AgeKindsTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    AgeIdentity postQuantum;
    SshKey ed25519;
    SshKey rsa;

    @BeforeEach
    void oneKeyOfEachKind() throws Exception {
        box = Sandbox.in(directory);
        Files.delete(box.keyFile());
        postQuantum = AgeIdentity.generatePostQuantum();
        ed25519 = SshKey.generate(directory.resolve("keys/ed25519"), "ed25519");
        rsa = SshKey.generate(directory.resolve("keys/rsa"), "rsa", "-b", "2048");
    }

    /** Recipient to what makes its identity available. */
    private Map<String, Runnable> kinds() {
        Map<String, Runnable> kinds = new LinkedHashMap<>();
        kinds.put(box.identity().recipient(), () -> Sandbox.write(box.keyFile(), box.identity().secretKey() + "\n"));
        kinds.put(postQuantum.recipient(), () -> box.set("SOPS_AGE_KEY", "# mine\n" + postQuantum.secretKey() + "\n"));
        kinds.put(ed25519.recipient(), () -> box.set("SOPS_AGE_SSH_PRIVATE_KEY_FILE", ed25519.file().toString()));
        kinds.put(rsa.recipient(), () -> box.set("SOPS_AGE_SSH_PRIVATE_KEY_CMD", "cat " + rsa.file()));
        return kinds;
    }

    private void withoutIdentities() throws Exception {
        Files.deleteIfExists(box.keyFile());
        List.of("SOPS_AGE_KEY", "SOPS_AGE_SSH_PRIVATE_KEY_FILE", "SOPS_AGE_SSH_PRIVATE_KEY_CMD").forEach(box::unset);
    }

    @Test
    void eachKindAloneIsExchangedBothWays() throws Exception {
        for (Map.Entry<String, Runnable> kind : kinds().entrySet()) {
            withoutIdentities();
            box.ruleFor(kind.getKey());
            kind.getValue().run();
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @Test
    void allKindsTogetherAndEachReadsAlone() throws Exception {
        box.ruleFor(String.join(", ", kinds().keySet()));
        byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
        byte[] document;
        try (OurSops ours = OurSops.in(box)) {
            document = ours.encrypt(DOCUMENT, "file.json");
            assertThat(Layout.of(document)).isEqualTo(Layout.of(theirs));
            assertThatThrownBy(() -> ours.decrypt(theirs)).isInstanceOf(DataKeyUnavailableException.class);
        }
        for (Runnable identity : kinds().values()) {
            withoutIdentities();
            identity.run();
            try (OurSops ours = OurSops.in(box)) {
                assertThat(ours.decrypt(theirs)).isEqualTo(box.sopsDecrypt(document)).isEqualTo(ours.decrypt(document));
            }
        }
    }

    @Test
    void keysOfTheHomeDirectory() throws Exception {
        SshKey first = SshKey.generate(box.home().resolve(".ssh/id_ed25519"), "ed25519");
        SshKey second = SshKey.generate(box.home().resolve(".ssh/id_rsa"), "rsa", "-b", "3072", "-m", "PEM");
        for (SshKey key : List.of(first, second)) {
            box.ruleFor(key.recipient());
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @Test
    void ageOpensEveryKindOfOurs() throws Exception {
        List<String> identities = new ArrayList<>(List.of(
                Sandbox.write(directory.resolve("pq.txt"), postQuantum.secretKey()).toString(), ed25519.file().toString(),
                rsa.file().toString()));
        for (String recipient : List.of(postQuantum.recipient(), ed25519.recipient(), rsa.recipient())) {
            box.ruleFor(recipient);
            try (OurSops ours = OurSops.in(box)) {
                String enc = AgeEntry.encOf(ours.encrypt(DOCUMENT, "file.json"));
                assertThat(age(enc.getBytes(StandardCharsets.US_ASCII), "--decrypt", "--identity", identities.remove(0)))
                        .hasSize(32);
            }
        }
    }

    @Test
    void weOpenEveryKindOfAge() throws Exception {
        kinds().values().forEach(Runnable::run);
        box.ruleFor(box.identity().recipient());
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            byte[] dataKey = age(AgeEntry.encOf(document).getBytes(StandardCharsets.US_ASCII), "--decrypt", "--identity",
                    box.keyFile().toString());
            for (List<String> recipients : List.of(List.of(postQuantum.recipient()), List.of(ed25519.recipient()),
                    List.of(rsa.recipient()), List.of(AgeIdentity.generate().recipient(), ed25519.recipient()),
                    List.of(rsa.recipient(), AgeIdentity.generate().recipient()),
                    List.of(AgeIdentity.generatePostQuantum().recipient(), postQuantum.recipient()))) {
                List<String> arguments = new ArrayList<>(List.of("--armor"));
                recipients.forEach(recipient -> arguments.addAll(List.of("--recipient", recipient)));
                String enc = new String(age(dataKey, arguments.toArray(String[]::new)), StandardCharsets.US_ASCII);
                byte[] rewrapped = AgeEntry.withEnc(document, enc);
                assertThat(ours.decrypt(rewrapped)).isEqualTo(box.sopsDecrypt(rewrapped));
            }
        }
    }

    private byte[] age(byte[] stdin, String... arguments) {
        List<String> command = new ArrayList<>(List.of(RealProgram.AGE_1_3.required().toString()));
        command.addAll(List.of(arguments));
        return ProgramRun.of(command, Map.of(), box.work(), stdin).output();
    }
}
