package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;

/** Where age identities come from: a document opens here exactly if it opens with sops under the same files and variables. */
class IdentitySourcesTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    AgeIdentity other;
    byte[] document;

    @BeforeEach
    void documentForAnIdentityThatIsNowhereYet() {
        box = Sandbox.in(directory);
        other = AgeIdentity.generate();
        box.ruleFor(other.recipient());
        document = box.sopsEncrypt(DOCUMENT, "file.json");
        assertBothFail();
    }

    @Test
    void defaultFileWithCommentsAndSeveralIdentities() {
        Sandbox.write(box.keyFile(), "# comment\n\n" + box.identity().secretKey() + "\r\n#" + other.secretKey() + "\n");
        assertBothFail();
        Sandbox.write(box.keyFile(), "# comment\n\n" + box.identity().secretKey() + "\r\n" + other.secretKey());
        assertBothRead();
    }

    @Test
    void defaultFileBelowXdgConfigHome() throws IOException {
        Files.delete(box.keyFile());
        Sandbox.write(box.home().resolve("xdg/sops/age/keys.txt"), other.secretKey());
        assertBothFail();
        box.set("XDG_CONFIG_HOME", box.home().resolve("xdg").toString());
        assertBothRead();
    }

    @Test
    void identitiesInAVariable() {
        box.set("SOPS_AGE_KEY", other.secretKey());
        assertBothRead();
        box.set("SOPS_AGE_KEY", "# comment\n" + box.identity().secretKey() + "  " + other.secretKey() + "\n");
        assertBothRead();
        box.set("SOPS_AGE_KEY", "");
        assertBothFail();
    }

    @Test
    void aFileThatAVariableNames() {
        Path file = Sandbox.write(box.home().resolve("own keys.txt"), other.secretKey() + "\n");
        box.set("SOPS_AGE_KEY_FILE", file.toString());
        assertBothRead();
        box.set("SOPS_AGE_KEY_FILE", "../home/own keys.txt");
        assertBothRead();
        box.set("SOPS_AGE_KEY_FILE", file + ".missing");
        assertBothFail();
    }

    @Test
    void aCommandThatPrintsIdentities() {
        Path file = Sandbox.write(box.home().resolve("own keys.txt"), other.secretKey() + "\n");
        box.set("SOPS_AGE_KEY_CMD", "cat '" + file + "'");
        assertBothRead();
        box.set("SOPS_AGE_KEY_CMD", "cat \"" + file + "\"");
        assertBothRead();
        box.set("SOPS_AGE_KEY_CMD", "cat " + file.toString().replace(" ", "\\ "));
        assertBothRead();
        box.set("SOPS_AGE_KEY_CMD", "false");
        assertBothFail();
        box.set("SOPS_AGE_KEY_CMD", "/no/such/program");
        assertBothFail();
    }

    @Test
    void commandLearnsTheRecipient() {
        Path script = Sandbox.write(box.home().resolve("script"),
                "test \"$SOPS_AGE_RECIPIENT\" = " + other.recipient() + " && echo " + other.secretKey());
        box.set("SOPS_AGE_KEY_CMD", "sh " + script);
        assertBothRead();
    }

    @Test
    void commandIsNotRunByAShell() {
        box.set("SOPS_AGE_KEY_CMD", "echo " + other.secretKey() + " ; true");
        assertBothFail();
    }

    @Test
    void oneBadSourceDoesNotSpoilTheOthers() {
        box.set("SOPS_AGE_KEY", "nonsense");
        Sandbox.write(box.keyFile(), other.secretKey());
        assertBothRead();
    }

    @Test
    void oneBadLineSpoilsItsSource() {
        Sandbox.write(box.keyFile(), other.secretKey() + "\nnonsense\n");
        assertBothFail();
        Sandbox.write(box.keyFile(), " " + other.secretKey() + "\n");
        assertBothFail();
        Sandbox.write(box.keyFile(), other.secretKey().toLowerCase() + "\n");
        assertBothFail();
    }

    @Test
    void allSourcesAreMerged() {
        Path file = Sandbox.write(box.home().resolve("third.txt"), AgeIdentity.generate().secretKey() + "\n");
        box.set("SOPS_AGE_KEY", AgeIdentity.generate().secretKey()).set("SOPS_AGE_KEY_FILE", file.toString());
        assertBothFail();
        Sandbox.write(box.keyFile(), other.secretKey());
        assertBothRead();
    }

    private void assertBothRead() {
        byte[] printed = box.sopsDecrypt(document);
        try (OurSops ours = OurSops.in(box)) {
            assertThat(ours.decrypt(document)).isEqualTo(printed);
        }
    }

    private void assertBothFail() {
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageNotContaining(box.identity().secretKey()).hasMessageNotContaining(other.secretKey())
                    .hasMessageNotContaining("nonsense");
        }
    }
}
