package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** Tokens for a PGP key, with a real gpg in a home of its own, as a process starts it. */
class PgpKeysIT {

    private static final byte[] RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}".getBytes(UTF_8);
    private static final byte[] NO_INPUT = {};

    @TempDir
    Path home;

    private GpgHome gpg;
    private Program program;

    @BeforeEach
    void setUp() {
        RealProgram.SCRIPT.required();
        gpg = new GpgHome();
        program = new Program(home).with("GNUPGHOME", gpg.directory().toString());
    }

    @AfterEach
    void endTheAgent() {
        if (gpg != null) {
            gpg.close();
        }
    }

    @Test
    void tokensForAKeyWithoutPassphrase() throws IOException {
        rule(gpg.generate("test", ""));
        program.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();

        assertThat(Files.readString(program.tokenFile("corporate"))).contains("-----BEGIN PGP MESSAGE-----")
                .doesNotContain("planted");
        assertThat(program.run("auth", "token", "corporate").succeeded().out()).isEqualTo("planted\n");
        program.with("GNUPGHOME", "/no/such/home").run("auth", "token", "corporate").failed(1, "no secret key", "GNUPGHOME");
        program.with("SOPS_GPG_EXEC", "/no/such/gpg").run("auth", "token", "corporate").failed(1, "SOPS_GPG_EXEC",
                "/no/such/gpg");
    }

    /** The question goes to the terminal that the command was started from, though gpg has none of its streams on it. */
    @Test
    void aPersonIsAskedOnTheTerminal() {
        rule(gpg.generate("test", "geheim"));
        gpg.answerQuestions("D geheim\\nOK");
        program.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();
        assertThat(gpg.pinentryOptions()).isEmpty();

        List<String> command = new ArrayList<>(Program.Artifact.command(List.of()));
        command.addAll(List.of("auth", "token", "corporate"));
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " < /dev/null";
        Program.Run run = program.execute(List.of("script", "-qec", line, "/dev/null"), NO_INPUT);

        assertThat(run.out()).contains("planted");
        assertThat(gpg.pinentryOptions()).anySatisfy(option -> assertThat(option).matches("ttyname=/dev/pts/\\d+"));
    }

    private void rule(String fingerprint) {
        program.write(".sops.yaml", "creation_rules:\n  - pgp: " + fingerprint + "\n");
    }
}
