package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.it.programs.SshKey;

/** A token for an SSH key under a passphrase: in a format for which no further library is needed. */
class ProtectedSshKeyIT {

    private static final byte[] RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}".getBytes(UTF_8);
    private static final byte[] NO_INPUT = {};
    private static final String PASSPHRASE = "open sesame";

    @TempDir
    Path home;
    private Program program;
    private Path key;

    @BeforeEach
    void keyInItsPlace() {
        RealProgram.SCRIPT.required();
        RealProgram.SETSID.required();
        SshKey rsa = SshKey.generate(home.resolve(".ssh/id_rsa"), "rsa", "-b", "2048", "-m", "PEM", "-N", PASSPHRASE);
        key = rsa.file();
        program = new Program(home).with("SOPS_AGE_RECIPIENTS", rsa.recipient());
        program.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();
    }

    @Test
    void thePersonAtTheTerminalIsAskedBehindRedirectionsToo() throws IOException {
        Path out = home.resolve("out");
        Program.Run run = program.execute(List.of("script", "--quiet", "--return", "--command",
                shell("auth", "token", "corporate") + " </dev/null >'" + out + "'", "/dev/null"),
                (PASSPHRASE + "\n").getBytes(UTF_8)).succeeded();
        assertThat(run.out()).contains("Passphrase for " + key + ": ");
        assertThat(out).hasContent("planted\n");
    }

    @Test
    void aWrongPassphraseIsAskedForThreeTimes() {
        Program.Run run = program.execute(List.of("script", "--quiet", "--return", "--command",
                shell("auth", "token", "corporate"), "/dev/null"), "a\nb\nc\nd\n".getBytes(UTF_8));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains(key + ": wrong passphrase").containsOnlyOnce("Error: ");
        assertThat(run.out().split("Passphrase for ", -1)).hasSize(4);
    }

    @Test
    void withoutATerminalTheErrorNamesTheKeyAndTheRemedy() {
        program.execute(List.of("setsid", "--wait", "sh", "-c", shell("auth", "token", "corporate")), NO_INPUT).failed(1,
                key + " is under a passphrase, and there is nobody to ask", "SOPS_AGE_SSH_PRIVATE_KEY_CMD");
    }

    @Test
    void theDoctorKnowsItAndDoesNotTakeItForAnAgeIdentity() {
        String report = program.execute(List.of("setsid", "--wait", "sh", "-c", shell("secrets", "doctor")), NO_INPUT).out();
        assertThat(report).contains(key + " is under a passphrase, which is asked for when it is needed (ssh-rsa ");
        assertThat(report.lines().filter(line -> line.contains("Own identity among the recipients"))).singleElement().asString()
                .startsWith("✓").contains(SshKey.COMMENT);
        program.run("secrets", "init").succeeded();
        assertThat(home.resolve(".config/sops/age/keys.txt")).exists();
    }

    private static String shell(String... arguments) {
        return Stream.concat(Program.Artifact.command(List.of()).stream(), Stream.of(arguments))
                .map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
