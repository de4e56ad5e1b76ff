package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input of every kind: one line that names it, nothing stored, no secret quoted, the right exit code. */
class BadInputIT {

    private static final String SECRET = "planted-secret";
    private static final String RESPONSE = "{\"access_token\": \"" + SECRET + "\", \"expires_in\": 3600}";

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void setUp() {
        program = new Program(home);
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                Arguments.of("", 1),
                Arguments.of("[]", 1),
                Arguments.of("{", 1),
                Arguments.of("{\"access_token\": \"" + SECRET, 1),
                Arguments.of("{\"access_token\": " + SECRET + "}", 1),
                Arguments.of("{\"access_token\": \"\"}", 1),
                Arguments.of("{\"access_token\": [\"" + SECRET + "\"]}", 1),
                Arguments.of("{\"access_token\": \"a\", \"expires_at\": \"" + SECRET + "\"}", 1),
                Arguments.of("{\"access_token\": \"a\", \"expires_in\": \"" + SECRET + "\"}", 1),
                Arguments.of("{\"access_token\": \"a\", \"n\": 123456789012345678901234567890.5}", 1),
                Arguments.of("{\"error\": \"invalid_grant\", \"error_description\": \"" + SECRET + "\"}", 1),
                Arguments.of("{\"a\": ".repeat(100_000) + "1" + "}".repeat(100_000), 1),
                Arguments.of("{\"access_token\": \"" + SECRET.repeat(200_000) + "\"}", 1));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void aTokenThatIsNoneIsRefused(String json, int exitCode) {
        program.write("response.json", json);

        Program.Run run = program.run("auth", "import", "corporate", "response.json").failed(exitCode, "response.json");

        assertThat(run.stderr()).doesNotContain(SECRET);
        assertThat(program.tokenFile("corporate")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
            ".env, AUTH_STORAGE_SOPS_EXECUTABLE=./evil.sh",
            ".env, auth.storage.sops.age.recipients=age1x",
            ".env, SMALLRYE_CONFIG_LOCATIONS=evil.properties",
            "config/application.properties, %prod.auth.storage.sops.engine=executable",
            "config/application.properties, auth.storage.sops.directory=/elsewhere" })
    void settingsThatLieInTheWorkingDirectoryAreRefused(String file, String line) {
        program.write(file, "FOO=bar\n" + line + "\n");
        program.write("response.json", RESPONSE);

        program.run("auth", "status").failed(3, line.substring(0, line.indexOf('=')), home.resolve(file.split("appl")[0])
                .toString(), "set it in the environment");
        program.run("auth", "import", "corporate", "response.json").failed(3, "in the working directory");
        assertThat(program.tokenFile("corporate")).doesNotExist();

        program.write(file, "FOO=bar\n");
        assertThat(program.run("auth", "status", "corporate").exitCode()).isEqualTo(2);
    }

    @Test
    void aFileIsNotTakenForArguments() {
        program.write("response.json", RESPONSE);

        Program.Run run = program.run("auth", "import", "corporate", "@response.json").failed(1,
                "There is no file @response.json: write its name without the @");

        assertThat(run.stderr()).doesNotContain(SECRET);
    }

    @Test
    void aHugeFileIsNotReadIntoMemory() throws IOException {
        program.run("secrets", "init").succeeded();
        Path huge = home.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        program.run("auth", "import", "corporate", "huge.json").failed(1, "huge.json", "larger");
        program.run("secrets", "decrypt", "huge.json").failed(1, "huge.json", "larger");
        program.run("secrets", "encrypt", "huge.json").failed(1, "huge.json", "larger");
        Files.delete(huge);
    }

    @ParameterizedTest
    @ValueSource(strings = { "../up", "", ".hidden", "a/b", "con", "a b", "ä", "-", "a\nb" })
    void aProviderNameThatCouldBeAnotherFileIsRefused(String name) {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "--", name).failed(1, "rovider name");
    }

    @Test
    void wrongArgumentsAreErrorsWithAPointerToTheHelp() {
        program.run().failed(1, "token-storage --help");
        program.run("auth").failed(1, "token-storage auth --help");
        program.run("auth", "login2").failed(1, "--help");
        program.run("auth", "import").failed(1, "PROVIDER", "token-storage auth import --help");
        program.run("auth", "status", "a", "b").failed(1, "token-storage auth status --help");
        program.run("secrets", "doctor", "--nonsense").failed(1, "--nonsense");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        program.run("secrets", "init").succeeded();
        Files.createDirectory(home.resolve("directory"));

        program.run("auth", "import", "corporate", "nowhere.json").failed(1, "nowhere.json");
        program.run("auth", "import", "corporate", "directory").failed(1, "directory");
        program.run("secrets", "encrypt", "nowhere.json").failed(1, "nowhere.json");
        program.run("secrets", "decrypt", "directory").failed(1, "directory");
    }

    @Test
    void withoutSetUpTheAnswerIsExitCode3AndTheNextStep() {
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").failed(3, "secrets doctor");
        program.write("plain.json", "{}");
        program.run("secrets", "encrypt", "plain.json").failed(3, "secrets doctor");
    }

    @Test
    void faultyRulesAreNamedWithTheirPlace() {
        program.run("secrets", "init").succeeded();
        program.write(".sops.yaml", "creation_rules:\n  - path_regex: '('\n    age: age1\n");
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").failed(3, ".sops.yaml", "line 2");

        program.write(".sops.yaml", "creation_rules: [" + "[".repeat(10_000));
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").failed(3, ".sops.yaml");
    }

    @Test
    void aFaultyKeyFileIsNamedAndNotQuoted() {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        assertThat(keys.toFile().setWritable(true)).isTrue();
        program.write(".config/sops/age/keys.txt", "AGE-SECRET-KEY-1PLANTEDSECRET\n");

        Program.Run run = program.run("auth", "token", "corporate").failed(1, keys.toString());

        assertThat(run.stderr()).doesNotContain("PLANTEDSECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = { "auth.storage.lock-timeout", "auth.storage.sops.engine" })
    void aSettingThatIsMistypedIsNamed(String key) {
        program.set(key, "nonsense").run("auth", "status").failed(3, key, "nonsense");
        Program.Run doctor = program.set(key, "nonsense").run("secrets", "doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).contains(key, "Settings understood");
    }

    @Test
    void aHomeThatIsNoneIsNamed() {
        Program homeless = program.with("HOME", "relative").set("user.home", "?");

        homeless.run("auth", "status").failed(3, "HOME");
        homeless.run("secrets", "init").failed(3, "HOME");
        Program.Run doctor = homeless.run("secrets", "doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).contains("HOME");
        assertThat(doctor.stderr()).isEmpty();
    }

    @Test
    void aStoredFileThatWasChangedIsDamaged() throws IOException {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Path file = program.tokenFile("corporate");
        String content = Files.readString(file);
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.writeString(file, content.replaceFirst("data:....", "data:AAAA"));

        program.run("auth", "token", "corporate").failed(1, file.toString());
        Program.Run doctor = program.run("secrets", "doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out()).contains("corporate: damaged", "fix: ");
    }

    @Test
    void aResultThatDoesNotGetOutIsAnError() {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        String command = String.join(" ", Program.Artifact.command(List.of())) + " auth token > /dev/full";

        Program.Run run = program.execute(List.of("sh", "-c", command), new byte[0]);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr()).contains("standard output");
    }

    @Test
    void verboseShowsTheStackAndStillNoSecret() {
        program.run("secrets", "init").succeeded();

        Program.Run run = program.runWithInput(("{\"access_token\": \"" + SECRET).getBytes(UTF_8), "auth", "import",
                "--verbose", "corporate");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr()).contains("    at io.quarkiverse.tokenstorage").doesNotContain(SECRET);
    }
}
