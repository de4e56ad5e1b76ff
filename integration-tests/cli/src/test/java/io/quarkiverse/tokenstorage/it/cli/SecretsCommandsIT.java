package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code secrets}, each run a process of its own. */
class SecretsCommandsIT {

    private static final String RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}";

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void setUp() {
        program = new Program(home);
    }

    @Test
    void initMakesAnIdentityAndRulesOnceAndThenKeepsThem() throws IOException {
        Program.Run first = program.run("secrets", "init").succeeded();

        Path keys = home.resolve(".config/sops/age/keys.txt");
        Path rules = home.resolve(".sops.yaml");
        assertThat(first.out()).contains("made " + keys, "made " + rules);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("r--------");
        String identity = Files.readString(keys);
        String rule = Files.readString(rules);
        assertThat(identity).contains("AGE-SECRET-KEY-1");
        assertThat(first.out() + first.stderr()).doesNotContain("AGE-SECRET-KEY-1");

        Program.Run second = program.run("secrets", "init").succeeded();

        assertThat(second.out()).contains("kept " + keys, "kept " + rules);
        assertThat(keys).hasContent(identity);
        assertThat(rules).hasContent(rule);
    }

    @Test
    void theDoctorNamesTheSettingThatIsMeant() {
        program.run("secrets", "init").succeeded();

        Program.Run run = program.with("AUTH_STORAGE_SOPS_AGE_KEYFILE", "planted")
                .set("auth.storage.sops.age.recipent", "planted").set("auth.own.recipents", "planted")
                .run("secrets", "doctor").succeeded();

        assertThat(run.out()).contains(
                "Settings understood: AUTH_STORAGE_SOPS_AGE_KEYFILE is not known: did you mean AUTH_STORAGE_SOPS_AGE_KEY_FILE?",
                "Settings understood: auth.storage.sops.age.recipent is not known: did you mean auth.storage.sops.age.recipients?",
                "fix: rename it to auth.storage.sops.age.recipients").doesNotContain("planted", "auth.own");
        assertThat(run.stderr()).doesNotContain("KEYFILE");
    }

    @Test
    void initByForceTakesNoKeyAway() throws IOException {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "before").succeeded();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        String oldIdentity = Files.readString(keys);
        String oldRules = Files.readString(home.resolve(".sops.yaml"));

        program.run("secrets", "init", "--force").succeeded();

        assertThat(Files.readString(keys)).startsWith(oldIdentity).hasSizeGreaterThan(oldIdentity.length());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("r--------");
        assertThat(home.resolve(".sops.yaml.bak")).hasContent(oldRules);
        assertThat(Files.readString(home.resolve(".sops.yaml"))).isNotEqualTo(oldRules);
        try (var files = Files.list(keys.getParent())) {
            assertThat(files).containsExactly(keys);
        }
        assertThat(program.run("secrets", "init", "--force").succeeded().out()).contains(".sops.yaml.bak2");
        assertThat(home.resolve(".sops.yaml.bak")).hasContent(oldRules);
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "after").succeeded();
        program.run("auth", "token", "before").succeeded();
        program.run("auth", "token", "after").succeeded();
    }

    @Test
    void initKeepsRulesThatDoNotFitAndSaysWhatToAdd() throws IOException {
        String foreign = "creation_rules:\n  - path_regex: elsewhere\n    age: age1x\n";
        program.write(".sops.yaml", foreign);

        Program.Run run = program.run("secrets", "init");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.stderr()).contains("--force", "path_regex", "age: age1");
        assertThat(home.resolve(".sops.yaml")).hasContent(foreign);
    }

    @Test
    void initKeepsRulesForSomebodyElseAndSaysWhatToAdd() throws IOException {
        program.run("secrets", "init").succeeded();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        String rules = Files.readString(home.resolve(".sops.yaml"));
        Files.delete(keys);

        program.run("secrets", "init").tells(3, "does not encrypt for age1", "--force");

        assertThat(home.resolve(".sops.yaml")).hasContent(rules);
        program.run("secrets", "init", "--force").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
    }

    @Test
    void initAddsNothingToAKeyFileUnderAPassphrase() throws IOException {
        Path keys = program.write(".config/sops/age/keys.txt", "age-encryption.org/v1\n-> scrypt salt 18\n");

        program.run("secrets", "init").failed(3, "passphrase", "SOPS_AGE_KEY_FILE");
        program.run("secrets", "init", "--force").failed(3, "passphrase", "SOPS_AGE_KEY_FILE");

        assertThat(keys).hasContent("age-encryption.org/v1\n-> scrypt salt 18\n");
        try (var files = Files.list(keys.getParent())) {
            assertThat(files).containsExactly(keys);
        }
    }

    @Test
    void newRulesAreForTheNewestIdentity() throws IOException {
        program.run("secrets", "init").succeeded();
        for (int i = 0; i < 3; i++) {
            program.run("secrets", "init", "--force").succeeded();
        }
        String rules = Files.readString(home.resolve(".sops.yaml"));
        Files.delete(home.resolve(".sops.yaml"));

        program.run("secrets", "init").succeeded();

        assertThat(home.resolve(".sops.yaml")).hasContent(rules);
    }

    @Test
    void initLocallyWritesIntoTheWorkingDirectory() throws IOException {
        Path project = Files.createDirectory(home.resolve("project"));

        program.in(project).run("secrets", "init", "--local").succeeded();

        assertThat(project.resolve(".sops.yaml")).exists();
        assertThat(home.resolve(".sops.yaml")).doesNotExist();
        program.in(project).runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").failed(3);
        program.run("auth", "token", "corporate").succeeded();
    }

    @Test
    void initTakesTheIdentityThatIsThere() {
        program.run("secrets", "init").succeeded();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        Program other = new Program(home.resolve("other")).with("SOPS_AGE_KEY_FILE", keys.toString()).in(home);
        program.write("other/empty", "");

        assertThat(other.run("secrets", "init").succeeded().out()).contains("kept " + keys);
        assertThat(home.resolve("other/.config")).doesNotExist();
    }

    @Test
    void theDoctorIsContentAfterInitAndAfterTheFirstToken() {
        program.run("secrets", "init").succeeded();
        assertThat(program.run("secrets", "doctor").succeeded().out().lines())
                .allSatisfy(line -> assertThat(line).startsWith("✓ "));

        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        Program.Run doctor = program.run("secrets", "doctor").succeeded();

        assertThat(doctor.out().lines()).allSatisfy(line -> assertThat(line).startsWith("✓ "));
        assertThat(doctor.out().lines().limit(5).map(line -> line.substring(2, line.indexOf(':')))).containsExactly(
                "SOPS binary found", "age binary found", "Age key file exists", ".sops.yaml configuration found",
                "Can encrypt/decrypt test value");
        assertThat(doctor.stderr()).isEmpty();
    }

    @Test
    void theDoctorNamesWhatIsMissingAndTheFix() {
        Program.Run doctor = program.run("secrets", "doctor");

        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).contains("✗ Age key file exists", "✗ .sops.yaml configuration found",
                "    fix: token-storage secrets init");
        Program.Run json = program.run("secrets", "doctor", "--json");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json.out()).startsWith("{\n").contains("\"verdict\": \"NOT_CONFIGURED\"", "\"status\": \"FAIL\"",
                "\"fix\": \"token-storage secrets init\"");
    }

    @Test
    void theDoctorSaysPlainWordsWhereTheTerminalHasNoTicks() {
        program.run("secrets", "init").succeeded();

        Program.Run doctor = program.with("LC_ALL", "en_US.ISO-8859-1").run("secrets", "doctor").succeeded();

        assertThat(doctor.out().lines()).allSatisfy(line -> assertThat(line).startsWith("ok "));
        assertThat(doctor.stdout()).doesNotContain((byte) '?');
    }

    @Test
    void documentsComeBackByteForByte() throws IOException {
        program.run("secrets", "init").succeeded();
        String rules = Files.readString(home.resolve(".sops.yaml"));
        program.write(".sops.yaml",
                rules + rules.substring(rules.indexOf("  - path_regex")).replaceFirst("path_regex: .*", "path_regex: app"));
        String plain = "{\n\t\"a\": \"\\u003cü\",\n\t\"list\": [\n\t\t1,\n\t\ttrue,\n\t\tnull,\n\t\t{}\n\t],\n\t\"a\": 1.5,\n\t\"e\": \"\"\n}\n";
        program.write("app.json", plain);

        byte[] encrypted = program.run("secrets", "encrypt", "app.json").succeeded().stdout();
        assertThat(new String(encrypted, UTF_8)).contains("ENC[AES256_GCM", "\"sops\": {").endsWith("}\n");
        assertThat(program.runWithInput(encrypted, "secrets", "decrypt").succeeded().out()).isEqualTo(plain);

        program.run("secrets", "encrypt", "app.json", "-o", "app.sops.json").succeeded();
        Path output = home.resolve("app.sops.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output))).isEqualTo("rw-------");
        assertThat(program.run("secrets", "decrypt", "app.sops.json").succeeded().out()).isEqualTo(plain);

        program.run("secrets", "encrypt", "app.sops.json").failed(1, "app.sops.json");
        program.runWithInput(plain.getBytes(UTF_8), "secrets", "encrypt").failed(1, "--filename-override");
        program.runWithInput(plain.getBytes(UTF_8), "secrets", "encrypt", "--filename-override", "app.json").succeeded();
        program.runWithInput(plain.getBytes(UTF_8), "secrets", "encrypt", "--filename-override", "no.json").failed(3,
                "no.json");
    }

    @Test
    void aFailureLeavesTheOutputFileAsItWas() throws IOException {
        program.run("secrets", "init").succeeded();
        program.write("out.json", "old");
        program.write("broken.json", "{\"a\": \"planted");

        program.run("secrets", "decrypt", "broken.json", "-o", "out.json").failed(1, "broken.json");
        program.run("secrets", "encrypt", "broken.json", "-o", "out.json").failed(1, "broken.json");

        assertThat(home.resolve("out.json")).hasContent("old");
        try (var files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain(".tmp-").noneMatch(
                    name -> name.startsWith(".tmp"));
        }
        program.run("secrets", "decrypt", "broken.json", "-o", "nowhere/out.json").failed(1);
    }

    @Test
    void valuesThatStayInClearAreNamed() throws IOException {
        program.run("secrets", "init").succeeded();
        String rules = Files.readString(home.resolve(".sops.yaml"));
        program.write(".sops.yaml", rules.replaceFirst("path_regex: .*", "path_regex: app\n    encrypted_regex: ^secret"));
        program.write("app.json", "{\"secret\": \"x\", \"open\": {\"here\": \"y\"}, \"empty\": \"\"}");

        Program.Run run = program.run("secrets", "encrypt", "app.json").succeeded();

        assertThat(run.stderr()).contains("Warning: ", "open.here", "encrypted_regex").doesNotContain("empty");
        assertThat(run.out()).contains("\"here\": \"y\"");
    }

    @Test
    void theDoctorSeesTokensInClearStrangersAndWideModes() throws IOException {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        String rules = Files.readString(home.resolve(".sops.yaml"));

        program.write(".sops.yaml", rules + "    encrypted_regex: ^data$\n");
        Program.Run clear = program.run("secrets", "doctor");
        assertThat(clear.exitCode()).isEqualTo(3);
        assertThat(clear.out()).contains("✗ Tokens encrypted by the rule", "access_token, refresh_token, id_token");

        String stranger = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        program.write(".sops.yaml", rules.replaceFirst("age: .*", "age: " + stranger));
        Program.Run strangers = program.run("secrets", "doctor");
        assertThat(strangers.exitCode()).isEqualTo(3);
        assertThat(strangers.out()).contains("✗ Own identity among the recipients", stranger);

        program.write(".sops.yaml", rules);
        Path token = program.tokenFile("corporate");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(token.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createLink(home.resolve("second-name"), token);
        Program.Run modes = program.run("secrets", "doctor").succeeded();
        assertThat(modes.out()).contains("! Token directory", "chmod 700 " + token.getParent(), "! Token files private",
                "chmod go= " + token, "2 names");
    }

    @Test
    void theDoctorTellsDamagedFromNoKey() throws IOException {
        program.run("secrets", "init").succeeded();
        program.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        program.write(".config/kstlib/auth/tokens/broken.token.sops.json", "{");
        Path keys = home.resolve(".config/sops/age/keys.txt");
        Files.delete(keys);
        program.run("secrets", "init", "--force").succeeded();

        Program.Run doctor = program.run("secrets", "doctor");

        assertThat(doctor.out()).contains("broken: damaged: ", "corporate: no key: ");
        assertThat(doctor.exitCode()).isEqualTo(1);
    }
}
