package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** {@code secrets init} for each kind of key, up to a stored token and a doctor that is content. */
class InitBackendsIT {

    private static final String ARN = "arn:aws:kms:eu-west-1:123456789012:key/7aa61044-b2b9-4dc9-a1ce-e03906de3619";
    private static final String ROLE = "arn:aws:iam::123456789012:role/tokens";
    private static final String RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}";
    private static final String NOBODY = "0123456789ABCDEF0123456789ABCDEF01234567";

    @TempDir
    Path home;
    private Program program;
    private GpgHome gpg;

    @BeforeEach
    void setUp() {
        program = new Program(home);
    }

    @AfterEach
    void endAgent() {
        if (gpg != null) {
            gpg.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--backend pgp | --backend: 'pgp' is none; write age, gpg or kms",
            "--arn x | --arn goes with --backend kms, and the backend is age",
            "--backend gpg --role x | --role goes with --backend kms, and the backend is gpg",
            "--backend age --aws-profile x | --aws-profile goes with --backend kms",
            "--context a=b | --context goes with --backend kms",
            "--backend kms --fingerprint x | --fingerprint goes with --backend gpg, and the backend is kms",
            "--backend kms | --backend kms needs the key: --arn arn:aws:kms:REGION:ACCOUNT:key/ID",
            "--backend kms --arn alias/x | --arn: 'alias/x' is not of the form arn:aws:kms:",
            "--backend kms --arn arn:aws:kms:eu-west-1:1:key/x | is not of the form",
            "--backend kms --arn arn:aws:kms:eu-west-1:123456789012:key/x+arn:aws:iam::123456789012:role/r | is not of the form",
            "--backend kms --arn arn:aws:kms:eu-west-1:123456789012:key/x --role me | --role: 'me' is not of the form arn:aws:iam:",
            "--backend kms --arn arn:aws:kms:eu-west-1:123456789012:key/x --context =b | --context: '=b' is not of the form NAME=VALUE",
            "--backend kms --arn arn:aws:kms:eu-west-1:123456789012:key/x --context a=b --context a=c | --context names 'a' twice",
            "--backend gpg --fingerprint 886DE346 | has 8 hexadecimal digits, and the fingerprint of a PGP key has 40",
            "--backend gpg --fingerprint | Missing required parameter for option '--fingerprint'" })
    void whatDoesNotGoTogetherIsAUsageError(String arguments, String message) {
        List<String> command = new ArrayList<>(List.of("secrets", "init"));
        command.addAll(List.of(arguments.strip().split(" ")));

        program.run(command.toArray(String[]::new)).failed(1, message);

        assertThat(rules()).doesNotExist();
        assertThat(home.resolve(".config/sops")).doesNotExist();
    }

    @Test
    void aKeyOfAwsIsWrittenWithAllThatReachesIt() throws IOException {
        // Nobody answers there: what is set up may be for a machine with other credentials
        Program offline = program.with("AWS_ENDPOINT_URL", "http://127.0.0.1:1").with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_ACCESS_KEY_ID", "id").with("AWS_SECRET_ACCESS_KEY", "planted");

        Program.Run run = offline.run("secrets", "init", "--backend", "kms", "--arn", ARN, "--role", ROLE, "--aws-profile",
                "work", "--context", "app=it's", "--context", "env=x=y").succeeded();

        assertThat(run.out()).contains("AWS KMS key: " + ARN + "+" + ROLE + "|app:it's,env:x=y|work", "made " + rules());
        assertThat(run.stderr()).contains("Warning: kms " + ARN, "Fix: ", "secrets doctor").doesNotContain("planted");
        assertThat(Files.readString(rules())).contains("    key_groups:\n      - kms:\n          - arn: '" + ARN + "'\n"
                + "            role: '" + ROLE + "'\n            aws_profile: 'work'\n"
                + "            context: {'app': 'it''s', 'env': 'x=y'}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rules()))).isEqualTo("rw-------");
        assertThat(home.resolve(".config/sops")).as("no age identity").doesNotExist();

        String written = Files.readString(rules());
        offline.run("secrets", "init", "--backend", "kms", "--arn", ARN).tells(3, "does not encrypt for " + ARN, "--force");
        assertThat(rules()).hasContent(written);
        offline.run("secrets", "init", "--backend", "kms", "--arn", ARN, "--force").succeeded();
        assertThat(Files.readString(rules())).contains("    kms: " + ARN + "\n");
        assertThat(offline.run("secrets", "init", "--backend", "kms", "--arn", ARN).succeeded().out())
                .contains("kept " + rules());
        assertThat(home.resolve(".sops.yaml.bak")).hasContent(written);
    }

    @Test
    void keysOfOtherKindsNeedRulesThatAreRead() {
        program.set("auth.storage.sops.age.recipients", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
                .run("secrets", "init", "--backend", "kms", "--arn", ARN).failed(3, "auth.storage.sops.age.recipients is set");
        assertThat(rules()).doesNotExist();
    }

    @Test
    void withoutGpgOrAKeyItSaysHowToGetThem() throws IOException {
        Path empty = Files.createDirectory(home.resolve("empty"));
        program.with("PATH", empty.toString()).run("secrets", "init", "--backend", "gpg").failed(3, "gpg is not installed",
                "install GnuPG");
        RealProgram.GPG.required();
        program.with("GNUPGHOME", empty.toString()).run("secrets", "init", "--backend", "gpg").failed(3,
                "gpg has no secret key that can decrypt", "gpg --quick-generate-key", "GNUPGHOME");
        assertThat(rules()).doesNotExist();
    }

    @Test
    void aPgpKeyIsTakenFromTheKeyring() throws IOException {
        Program withKeys = programWithKeyring();
        String first = gpg.generate("first", "");
        String second = gpg.generate("second", "");

        Program.Run run = withKeys.run("secrets", "init", "--backend", "gpg").succeeded();

        assertThat(run.out()).contains("PGP key: " + first, "made " + rules());
        assertThat(run.stderr()).contains("2 secret keys", "--fingerprint").doesNotContain("Warning");
        assertThat(Files.readString(rules())).contains("    pgp: '" + first + "'\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rules()))).isEqualTo("rw-------");
        withKeys.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", "corporate").succeeded();
        assertThat(withKeys.run("auth", "token", "corporate").succeeded().out().strip()).isEqualTo("planted");
        Program.Run doctor = withKeys.run("secrets", "doctor").succeeded();
        assertThat(doctor.out().lines()).allSatisfy(line -> assertThat(line).startsWith("✓ "));
        assertThat(doctor.out()).contains("✓ Keys of the creation rule: pgp " + first + ": encrypts and decrypts");

        withKeys.run("secrets", "init", "--backend", "gpg", "--fingerprint", NOBODY, "--force").tells(3,
                "gpg has no secret key " + NOBODY);
        withKeys.run("secrets", "init", "--backend", "gpg", "--fingerprint", second, "--force").succeeded();
        Program.Run changed = withKeys.run("secrets", "doctor").succeeded();
        assertThat(changed.out()).contains("! Stored tokens have the keys of the rule: corporate is encrypted for other keys",
                "not for " + second + ", but for " + first, "fix: token-storage secrets updatekeys corporate");
        withKeys.run("secrets", "updatekeys", "corporate").succeeded();
        assertThat(withKeys.run("secrets", "doctor").succeeded().out()).doesNotContain("!");
    }

    private Path rules() {
        return home.resolve(".sops.yaml");
    }

    private Program programWithKeyring() {
        gpg = new GpgHome();
        return program.with("GNUPGHOME", gpg.directory().toString());
    }
}
