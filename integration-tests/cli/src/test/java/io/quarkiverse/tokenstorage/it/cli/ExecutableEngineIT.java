package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** All commands with the real sops as engine, and with one that is not there. */
class ExecutableEngineIT {

    private static final byte[] RESPONSE = "{\"access_token\": \"planted\", \"refresh_token\": \"too\", \"expires_in\": 3600}"
            .getBytes(UTF_8);

    @TempDir
    Path home;

    private Program builtIn;
    private Program program;

    @BeforeEach
    void setUp() {
        builtIn = new Program(home);
        builtIn.run("secrets", "init").succeeded();
        program = builtIn.set("auth.storage.sops.engine", "executable");
    }

    private static Path sops() {
        return RealProgram.SOPS.required();
    }

    @Test
    void everyCommandWorksWithSopsAndTheTokensAreThoseOfTheOtherEngine() throws Exception {
        program = program.set("auth.storage.sops.executable", sops().toString());
        program.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();

        assertThat(Files.readString(program.tokenFile("corporate"))).contains("ENC[AES256_GCM").doesNotContain("planted");
        assertThat(program.run("auth", "token", "corporate").succeeded().out()).isEqualTo("planted\n");
        assertThat(builtIn.run("auth", "token", "corporate").succeeded().out()).isEqualTo("planted\n");
        program.run("auth", "status", "corporate").succeeded();
        assertThat(program.run("auth", "providers", "-q").succeeded().out()).isEqualTo("corporate\n");
        Program.Run doctor = program.run("secrets", "doctor").succeeded();
        assertThat(doctor.out()).contains("✓ SOPS binary found: " + sops() + " (", "✓ Stored tokens readable: corporate")
                .doesNotContain("✗");
        builtIn.runWithInput(RESPONSE, "auth", "import", "other").succeeded();
        assertThat(program.run("auth", "token", "other").succeeded().out()).isEqualTo("planted\n");
        program.run("auth", "logout", "corporate").succeeded();
        assertThat(program.run("auth", "status", "corporate").exitCode()).isEqualTo(2);
    }

    @Test
    void documentsComeBackByteForByte() throws Exception {
        program = program.set("auth.storage.sops.executable", sops().toString());
        String rules = Files.readString(home.resolve(".sops.yaml"));
        program.write(".sops.yaml", rules.replaceFirst("path_regex: .*", "path_regex: app"));
        String plain = "{\n\t\"a\": \"\\u003cü\",\n\t\"list\": [\n\t\t1,\n\t\ttrue,\n\t\tnull,\n\t\t{}\n\t],\n\t\"a\": 1.5,\n\t\"e\": \"\"\n}\n";
        program.write("app.json", plain);

        program.run("secrets", "encrypt", "app.json", "-o", "app.sops.json").succeeded();

        assertThat(program.run("secrets", "decrypt", "app.sops.json").succeeded().out()).isEqualTo(plain);
        assertThat(builtIn.run("secrets", "decrypt", "app.sops.json").succeeded().out()).isEqualTo(plain);
        program.run("secrets", "encrypt", "app.sops.json").failed(1, "app.sops.json");
        Files.writeString(home.resolve("app.sops.json"),
                Files.readString(home.resolve("app.sops.json")).replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""));
        program.run("secrets", "decrypt", "app.sops.json").failed(1, "damaged");
    }

    @Test
    void withoutTheProgramEverythingSaysWhatToDo() {
        builtIn.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();
        program = program.set("auth.storage.sops.executable", home.resolve("no/sops").toString());
        String[] expected = { "There is no program '" + home.resolve("no/sops") + "'", "install sops 3.10.0 or newer",
                "auth.storage.sops.executable" };

        program.runWithInput(RESPONSE, "auth", "import", "other").failed(3, expected);
        program.run("auth", "token", "corporate").failed(3, expected);
        program.write("app.json", "{}");
        program.run("secrets", "encrypt", "app.json", "--filename-override",
                program.tokenFile("x").toString()).failed(3, expected);
        Program.Run doctor = program.run("secrets", "doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).contains("✗ SOPS binary found: There is no program '" + home.resolve("no/sops") + "'",
                "    fix: install sops 3.10.0 or newer, set auth.storage.sops.executable");
        assertThat(program.tokenFile("other")).doesNotExist();
        program.run("auth", "logout", "corporate").succeeded();
    }

    @Test
    void anEngineThatIsNoneIsNamed() {
        builtIn.set("auth.storage.sops.engine", "turbo").run("auth", "status", "corporate").failed(3,
                "auth.storage.sops.engine: 'turbo' is not an engine; write built-in or executable");
    }
}
