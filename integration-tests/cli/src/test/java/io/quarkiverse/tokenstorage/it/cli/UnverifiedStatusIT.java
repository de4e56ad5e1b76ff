package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of the documentation that leaves type, expiry and scope in clear, and what the commands make of such files. */
class UnverifiedStatusIT {

    private static final String RESPONSE = """
            {"access_token": "planted-access-token", "token_type": "Bearer", "expires_in": 3600,
             "refresh_token": "planted-refresh-token", "scope": "openid email", "session_state": "planted-state"}
            """;

    private static Program common;

    @TempDir
    Path home;

    private Program program;

    @BeforeAll
    static void aTokenWithItsExpiryInClear(@TempDir Path commonHome) throws IOException {
        common = new Program(commonHome);
        common.run("secrets", "init").succeeded();
        Path rules = commonHome.resolve(".sops.yaml");
        Files.writeString(rules, Files.readString(rules)
                + "    unencrypted_regex: '^(token_type|expires_at|issued_at|scope)$'\n");
        Program.Run imported = common.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        assertThat(imported.stderr()).doesNotContain("clear");
    }

    @BeforeEach
    void ownCopy() {
        program = common.inCopy(home);
    }

    private void withoutKey() throws IOException {
        Files.delete(home.resolve(".config/sops/age/keys.txt"));
    }

    @Test
    void theFileShowsTypeExpiryAndScope() throws IOException {
        assertThat(Files.readString(program.tokenFile("corporate"))).contains("\"token_type\": \"Bearer\"", "\"openid\"",
                "\"access_token\": \"ENC[", "\"refresh_token\": \"ENC[", "\"session_state\": \"ENC[")
                .containsPattern("\"expires_at\": \"20\\d\\d-").doesNotContain("planted");
        Program.Run doctor = program.run("secrets", "doctor").succeeded();
        assertThat(doctor.out()).contains("in clear, for whoever can read the file: token_type, expires_at, scope, issued_at");
    }

    @Test
    void withAKeyTheStatusIsVerifiedAsEver() throws IOException {
        assertThat(program.run("auth", "status").succeeded().out()).contains("corporate: logged in");

        Path file = program.tokenFile("corporate");
        String changed = Files.readString(file).replaceFirst("\"expires_at\": \"20", "\"expires_at\": \"21");
        Files.delete(file);
        Files.writeString(file, changed);
        program.run("auth", "status").failed(1, file + " is damaged");
    }

    @Test
    void withoutAKeyItShowsWhatIsInClearAndClaimsNothing() throws IOException {
        withoutKey();

        Program.Run status = program.run("auth", "status");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("corporate: not verified, no key opens the token", "Type:        Bearer",
                "(in 60 minutes)", "Scope:       openid email", "Refreshable: yes").doesNotContain("logged in", "planted");
        assertThat(status.stderr()).contains("Warning: ", "was not checked", "no key at hand opens it")
                .doesNotContain("Error", "planted");

        Program.Run json = program.run("auth", "status", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out()).contains("\"status\": \"unverified\"", "\"token_type\": \"Bearer\"", "\"expires_at\": \"20",
                "\"refreshable\": true", "\"openid\"").doesNotContain("planted");

        program.run("auth", "status", "-q").failed(1, "no key at hand opens it");
        program.run("auth", "token").failed(1, "no key at hand opens it");
        assertThat(program.run("auth", "providers").succeeded().out())
                .contains("corporate  sops    not verified, no key: expires in 60 minutes");
        assertThat(program.run("auth", "providers", "--json").succeeded().out()).contains("\"status\": \"unverified\"");
    }

    @Test
    void damagedStaysDamaged() throws IOException {
        withoutKey();
        Path file = program.tokenFile("corporate");
        String whole = Files.readString(file);
        for (String damaged : new String[] { whole.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"x\""),
                whole.replaceFirst("\"mac\": \"[^\"]*\"", "\"mac\": \"\""),
                whole.replaceFirst("\"expires_at\": \"[^\"]*\"", "\"expires_at\": \"soon\"") }) {
            Files.delete(file);
            Files.writeString(file, damaged);
            program.run("auth", "status").failed(1, file.toString());
        }
    }

    @Test
    void whereAllIsEncryptedTheKeyIsMissing() throws IOException {
        Path rules = home.resolve(".sops.yaml");
        Files.writeString(rules, Files.readString(rules).replaceFirst(" *unencrypted_regex.*\n", ""));
        program.run("secrets", "rotate", "corporate").succeeded();
        withoutKey();

        program.run("auth", "status").failed(1, "no key at hand opens it");
        assertThat(program.run("auth", "providers").succeeded().out()).contains("unreadable: ", "no key at hand opens it");
    }
}
