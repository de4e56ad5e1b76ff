package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code auth}, each run a process of its own, as a person would use them. */
class AuthCommandsIT {

    private static final String ACCESS = "planted-access-token";
    private static final String REFRESH = "planted-refresh-token";
    private static final String RESPONSE = """
            {"access_token": "%s", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "%s",
             "scope": "openid email", "id_token": "planted-id-token", "session_state": "planted-state"}
            """.formatted(ACCESS, REFRESH);
    private static final String EXPIRED = """
            {"access_token": "%s", "expires_at": "2020-01-03T15:30:00Z"}
            """.formatted(ACCESS);

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void setUp() {
        program = new Program(home);
        program.run("secrets", "init").succeeded();
    }

    @Test
    void whatOneProcessImportsAnotherReads() throws IOException {
        program.write("response.json", RESPONSE);

        Program.Run imported = program.run("auth", "import", "corporate", "response.json").succeeded();
        assertThat(imported.out()).isEmpty();
        assertThat(imported.stderr()).contains("corporate").doesNotContain("planted");

        Path file = program.tokenFile("corporate");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
        assertThat(Files.readString(file)).contains("ENC[AES256_GCM").doesNotContain("planted");

        assertThat(program.run("auth", "token", "corporate").succeeded().out()).isEqualTo(ACCESS + "\n");
        assertThat(program.run("auth", "token").succeeded().out()).isEqualTo(ACCESS + "\n");
    }

    @Test
    void aBadNameIsRefusedBeforeTheTokenIsRead() {
        program.runWithInput("no token".getBytes(UTF_8), "auth", "import", "a b").failed(1, "Provider name 'a b'");
    }

    @Test
    void aDumbTerminalGetsNoColours() {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Program terminal = program.set("picocli.ansi", "true");

        assertThat(terminal.with("TERM", "xterm").run("auth", "status").succeeded().out()).startsWith("\u001b[32m");
        assertThat(terminal.with("TERM", "dumb").run("auth", "status").succeeded().out()).startsWith("\u2713 corporate");
    }

    @Test
    void statusSaysEverythingButTheTokens() {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();

        Program.Run status = program.run("auth", "status").succeeded();
        assertThat(status.out()).contains("corporate: logged in", "sops", "Bearer", "(in 60 minutes)", "Refreshable: yes",
                "openid email").doesNotContain("planted").doesNotContain("\u001b");
        assertThat(status.stderr()).isEmpty();

        Program.Run json = program.run("auth", "status", "corporate", "--json").succeeded();
        assertThat(json.out()).contains("\"provider\": \"corporate\"", "\"status\": \"valid\"", "\"refreshable\": true",
                "\"backend\": \"sops\"").doesNotContain("planted");

        assertThat(program.run("auth", "status", "-q", "--json").succeeded().out()).isEmpty();
        Program.Run quiet = program.run("auth", "status", "-q").succeeded();
        assertThat(quiet.out()).isEmpty();
        assertThat(quiet.stderr()).isEmpty();
    }

    @Test
    void withoutATokenTheAnswerIsExitCode2() {
        program.run("auth", "status").failed(2, "Not logged in");
        program.run("auth", "token").failed(2, "Not logged in");
        program.run("auth", "token", "corporate").failed(2, "corporate");
        program.run("auth", "logout", "corporate").failed(2, "corporate");
        Program.Run quiet = program.run("auth", "token", "-q", "corporate");
        assertThat(quiet.exitCode()).isEqualTo(2);
        assertThat(quiet.stderr()).isEmpty();
        assertThat(program.run("auth", "status", "corporate").exitCode()).isEqualTo(2);
        assertThat(program.run("auth", "status", "corporate", "--json").out()).contains("\"status\": \"absent\"");
    }

    @Test
    void anExpiredTokenIsNotHandedOut() {
        Program.Run imported = program.runWithInput(EXPIRED.getBytes(UTF_8), "auth", "import", "corporate", "-").succeeded();
        assertThat(imported.stderr()).contains("expired already");

        program.run("auth", "token", "corporate").failed(2, "expired", "days ago");
        Program.Run status = program.run("auth", "status", "corporate");
        assertThat(status.exitCode()).isEqualTo(2);
        assertThat(status.out()).contains("2020-01-03T15:30:00Z", "days ago").doesNotContain(ACCESS);
    }

    @Test
    void severalProvidersNeedAName() {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        program.runWithInput(EXPIRED.getBytes(UTF_8), "auth", "import", "github").succeeded();

        program.run("auth", "token").failed(1, "corporate, github", "auth.default-provider");
        assertThat(program.set("auth.default-provider", "corporate").run("auth", "token").succeeded().out())
                .isEqualTo(ACCESS + "\n");
        assertThat(program.run("auth", "providers", "-q").succeeded().out()).isEqualTo("corporate\ngithub\n");
        assertThat(program.run("auth", "providers").succeeded().out()).contains("corporate", "github", "expired")
                .doesNotContain("planted");
        assertThat(program.run("auth", "providers", "--json").succeeded().out()).contains("\"status\": \"valid\"",
                "\"status\": \"expired\"").doesNotContain("planted");
    }

    @Test
    void oneDamagedTokenDoesNotHideTheOthers() throws IOException {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Path damaged = program.write(".config/kstlib/auth/tokens/github.token.sops.json", "{\"access_token\": \"planted");

        assertThat(program.run("auth", "providers").succeeded().out()).contains("corporate", "github", "unreadable")
                .doesNotContain("planted");
        for (String command : List.of("status", "token")) {
            program.run("auth", command, "github").failed(1, damaged.toString(), "Restore the file from a copy",
                    "token-storage auth import github FILE");
        }
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "github").succeeded();
        program.run("auth", "token", "github").succeeded();
        program.run("auth", "logout", "github").succeeded();
        assertThat(damaged).doesNotExist();
    }

    @Test
    void logoutRemovesEveryFileOfTheProviderAndNoOther() {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Path plain = program.write(".config/kstlib/auth/tokens/corporate.token.json", "{}");
        Path legacy = program.write(".config/kstlib/auth/tokens/corporate.sops.json", "{}");
        Path other = program.write(".config/kstlib/auth/tokens/corporate2.token.json", "{}");

        Program.Run logout = program.run("auth", "logout", "corporate").succeeded();

        assertThat(logout.out()).isEmpty();
        assertThat(program.tokenFile("corporate")).doesNotExist();
        assertThat(plain).doesNotExist();
        assertThat(legacy).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aStoredFormCanBeImportedToo() {
        program.runWithInput("""
                {"access_token": "%s", "token_type": "DPoP", "expires_at": null, "refresh_token": null, "scope": ["a"],
                 "id_token": null, "issued_at": null, "metadata": {}}
                """.formatted(ACCESS).getBytes(UTF_8), "auth", "import", "corporate").succeeded();

        assertThat(program.run("auth", "status").succeeded().out()).contains("DPoP", "Expires:     unknown", "Scope:       a");
    }

    @Test
    void textOfAServerCannotCommandTheTerminal() {
        program.runWithInput("""
                {"access_token": "%s", "token_type": "\\u001b[2J", "scope": "a\\u009bb \\u202ec"}
                """.formatted(ACCESS).getBytes(UTF_8), "auth", "import", "corporate").succeeded();

        assertThat(program.run("auth", "status").succeeded().out()).doesNotContain("\u001b", "\u009b", "\u202e")
                .contains("\\u001b[2J");
    }
}
