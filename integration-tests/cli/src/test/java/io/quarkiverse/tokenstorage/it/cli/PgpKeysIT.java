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

/** Tokens for a PGP key, with a real gpg in a home of its own, as a process starts it. */
class PgpKeysIT {

    private static final byte[] RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}".getBytes(UTF_8);
    private static final byte[] NO_INPUT = {};
    private static final String UNTESTED = "PGP keys are not tested with the commands";

    @TempDir
    Path home;

    @TempDir
    Path gnupg;
    private Program program;

    @BeforeEach
    void setUp() {
        RequiredProgram.find("gpg", UNTESTED, "apt-get install gnupg");
        RequiredProgram.find("gpgconf", UNTESTED, "apt-get install gnupg");
        RequiredProgram.find("script", UNTESTED, "apt-get install bsdutils");
        program = new Program(home).with("GNUPGHOME", gnupg.toString());
    }

    @AfterEach
    void endTheAgent() {
        if (program != null) {
            program.execute(List.of("gpgconf", "--kill", "all"), NO_INPUT);
        }
    }

    @Test
    void tokensForAKeyWithoutPassphrase() throws IOException {
        rule(generate(""));
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
    void aPersonIsAskedOnTheTerminal() throws IOException {
        Path asked = gnupg.resolve("asked");
        Path pinentry = Files.writeString(gnupg.resolve("pinentry"), "#!/bin/sh\necho OK\nwhile read -r command rest; do\n"
                + "case $command in\nOPTION) echo \"$rest\" >> " + asked + "; echo OK;;\nGETPIN) echo 'D geheim'; echo OK;;\n"
                + "BYE) echo OK; exit 0;;\n*) echo OK;;\nesac\ndone\n");
        assertThat(pinentry.toFile().setExecutable(true)).isTrue();
        String fingerprint = generate("geheim");
        program.execute(List.of("gpgconf", "--kill", "all"), NO_INPUT);
        Files.writeString(gnupg.resolve("gpg-agent.conf"), "pinentry-program " + pinentry + "\ns2k-count 65536\n");
        rule(fingerprint);
        program.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();
        assertThat(asked).doesNotExist();

        List<String> command = new ArrayList<>(Program.Artifact.command(List.of()));
        command.addAll(List.of("auth", "token", "corporate"));
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " < /dev/null";
        Program.Run run = program.execute(List.of("script", "-qec", line, "/dev/null"), NO_INPUT);

        assertThat(run.out()).contains("planted");
        assertThat(Files.readAllLines(asked)).anySatisfy(option -> assertThat(option).matches("ttyname=/dev/pts/\\d+"));
    }

    private void rule(String fingerprint) {
        program.write(".sops.yaml", "creation_rules:\n  - pgp: " + fingerprint + "\n");
    }

    /** The fingerprint of a new key. */
    private String generate(String passphrase) throws IOException {
        Files.writeString(gnupg.resolve("gpg-agent.conf"), "s2k-count 65536\n");
        program.execute(List.of("gpg", "--batch", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", passphrase,
                "--quick-generate-key", "test", "future-default", "default", "never"), NO_INPUT).succeeded();
        return program.execute(List.of("gpg", "--batch", "--with-colons", "--list-keys", "test"), NO_INPUT).succeeded().out()
                .lines().filter(line -> line.startsWith("fpr:")).findFirst().orElseThrow().split(":")[9];
    }
}
