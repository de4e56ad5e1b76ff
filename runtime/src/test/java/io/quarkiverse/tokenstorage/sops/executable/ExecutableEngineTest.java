package io.quarkiverse.tokenstorage.sops.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.AlreadyEncryptedException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.InProcessEngine;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.RuleLookup;
import io.quarkiverse.tokenstorage.sops.Selector;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/**
 * What the engine does about a program that does not do its part, and how it calls it. What the real one does is in interop.
 */
@Timeout(60)
class ExecutableEngineTest {

    private static final String OWN = "age1904lqw0sqjrghz776y5yvue8p92kqmqkjtyghj62j6whgzrdkghqswr82d";
    private static final String IDENTITY = "AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM";
    private static final String STRANGER = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";
    private static final String SECRET = "pLaNtEdAcCeSs7531";
    private static final byte[] PLAIN = bytes("{\"access_token\":\"" + SECRET + "\",\"n\":1,\"f\":1.0}");
    private static final byte[] PROBE = bytes("{\"probe\":\"Shows that encryption works\"}");

    @TempDir
    Path directory;
    private FakeSops sops;
    private final Map<String, String> variables = new HashMap<>(Map.of("HOME", "/nowhere", "PATH", "/usr/bin:/bin"));
    private AgeKeyService age;

    @BeforeEach
    void setUp() throws IOException {
        sops = new FakeSops(Files.createDirectory(directory.resolve("bin")));
        age = new AgeKeyService(environment(), Optional.empty(), FastestX25519.detect(), new SecureRandom());
    }

    @AfterEach
    void close() {
        age.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HostEnvironment environment() {
        return new HostEnvironment(variables, directory, "?", OperatingSystem.LINUX);
    }

    private ExecutableEngine engine() {
        return engine(sops.program().toString(), Duration.ofSeconds(30), Optional.empty());
    }

    private ExecutableEngine engine(String program, Duration timeout, Optional<Path> keyFile) {
        return new ExecutableEngine(new SopsProgram(program, environment(), timeout), keyFile, List.of(age), kind -> false);
    }

    private CreationRule rule(String recipient) {
        return new CreationRule("the rule", List.of(List.of(
                age.masterKey(JsonObject.builder().add("recipient", recipient).build(), "the rule"))), 0, Optional.empty(),
                false,
                -1);
    }

    private CreationRule rule() {
        return rule(OWN);
    }

    /** What sops would write, made by the other engine. */
    private byte[] encrypted(CreationRule rule, byte[] plain) {
        try (InProcessEngine builtIn = new InProcessEngine(List.of(), Clock.systemUTC(), new SecureRandom(),
                DataKeyCache.off());
                PreparedEncryption encryption = builtIn.prepare(rule)) {
            return encryption.encrypt(JsonReader.read(plain, "plain"));
        }
    }

    private byte[] encrypt(CreationRule rule) {
        try (PreparedEncryption encryption = engine().prepare(rule)) {
            return encryption.encrypt(JsonReader.read(PLAIN, "plain"));
        }
    }

    @Test
    void aProgramThatIsNotThereIsAConfigurationErrorWithTheFix() {
        try (ExecutableEngine engine = engine("no-such-sops", Duration.ofSeconds(1), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(
                    StorageNotConfiguredException.class)
                    .hasMessage("There is no program 'no-such-sops' in PATH; install sops 3.10.0 or newer, set"
                            + " auth.storage.sops.executable to its path, or remove auth.storage.sops.engine");
            assertThatThrownBy(() -> engine.prepare(rule()).requireReady()).isInstanceOf(StorageNotConfiguredException.class);
            assertThatThrownBy(() -> engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain")))
                    .isInstanceOf(StorageNotConfiguredException.class);
        }
        try (ExecutableEngine engine = engine("./bin/nothing", Duration.ofSeconds(1), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x"))
                    .hasMessageStartingWith("There is no program './bin/nothing' that may be executed; install sops");
        }
    }

    @Test
    void aProgramIsFoundInThePathAlsoWhenItComesLater() throws IOException {
        Path later = Files.createDirectory(directory.resolve("later"));
        variables.put("PATH", directory.resolve("absent") + ":" + later + ":/usr/bin:/bin");
        byte[] document = encrypted(rule(), PLAIN);
        try (ExecutableEngine engine = engine("sops", Duration.ofSeconds(30), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(document, "x")).isInstanceOf(StorageNotConfiguredException.class);
            Files.createSymbolicLink(later.resolve("sops"), sops.does("echo '{\"a\":\"b\"}'").program());
            assertThat(engine.decrypt(document, "x")).isEqualTo(JsonObject.builder().add("a", "b").build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sops 3.9.4", "sops 3.9.4 (latest)", "sops 2.99.0", "sops 0.0.1" })
    void anOldProgramIsRefusedBeforeItGetsADocument(String version) {
        sops.version(version);

        assertThatThrownBy(() -> encrypt(rule())).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(sops.program() + " is sops " + version.split(" ")[1] + ", which is too old")
                .hasMessageContaining("install sops 3.10.0 or newer");
        assertThat(sops.calls()).containsExactly("--version");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sops", "gpg 3.13.2", "sops 3.13", "sops 3.13.2.1", "sops 99999999999.0.0" })
    void whatIsNotSopsIsRefusedBeforeItGetsADocument(String version) {
        sops.version(version);

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(
                StorageNotConfiguredException.class).hasMessageContaining("does not tell its version as sops does");
        assertThat(sops.calls()).containsExactly("--version");
    }

    @Test
    void theVersionIsAskedOnce() {
        sops.does("cat document").file("document", encrypted(rule(), PLAIN));
        try (ExecutableEngine engine = engine()) {
            engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain"));
            engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain"));
        }
        assertThat(sops.calls()).filteredOn("--version"::equals).hasSize(1);
        assertThat(sops.calls()).hasSize(3);
    }

    @Test
    void aRuleOfSettingsIsPassedAsArgumentsAndNoVariableCounts() {
        variables.putAll(Map.of("SOPS_KMS_ARN", "arn:aws:kms:x:1:key/1", "SOPS_AGE_RECIPIENTS", STRANGER, "SOPS_AGE_KEY",
                IDENTITY, "SOPS_CONFIG", "/elsewhere", "KEPT", "value"));
        sops.does("cat >input; cat document").file("document", encrypted(rule(), PLAIN));

        encrypt(rule());

        assertThat(sops.calls()).last().isEqualTo("--config /dev/null encrypt --input-type json --output-type json"
                + " --filename-override document.json --age " + OWN);
        assertThat(sops.variables(2)).contains("KEPT=value", "SOPS_DISABLE_VERSION_CHECK=1").noneMatch(
                line -> line.startsWith("SOPS_KMS_ARN=") || line.startsWith("SOPS_AGE_"));
        assertThat(sops.variables(1)).as("when the version is asked").noneMatch(line -> line.startsWith("SOPS_AGE_KEY="));
        assertThat(directory.resolve("bin/input"))
                .hasContent("{\n\"access_token\": \"" + SECRET + "\",\n\"n\": 1,\n\"f\": 1.0\n}");
    }

    @Test
    void aRuleOfAFileIsLeftToSopsToFindAgain() {
        variables.putAll(Map.of("SOPS_AGE_KEY", IDENTITY, "SOPS_AGE_RECIPIENTS", OWN));
        sops.does("cat document").file("document", encrypted(rule(), PLAIN));

        encrypt(rule().foundBy(new RuleLookup(Optional.of(Path.of("/home/me/.sops.yaml")), Path.of("/tokens/x.sops.json"))));

        assertThat(sops.calls()).last().isEqualTo("--config /home/me/.sops.yaml encrypt --input-type json --output-type json"
                + " --filename-override /tokens/x.sops.json");
        assertThat(sops.variables(2)).contains("SOPS_AGE_RECIPIENTS=" + OWN)
                .noneMatch(line -> line.startsWith("SOPS_AGE_KEY="));

        encrypt(rule().foundBy(new RuleLookup(Optional.empty(), Path.of("/tokens/x.sops.json"))));

        assertThat(sops.calls()).last().asString().startsWith("--config /dev/null encrypt ").endsWith(" /tokens/x.sops.json");
    }

    @Test
    void decryptionAsksBothKeyFilesAndNoRules() {
        variables.putAll(Map.of("SOPS_AGE_KEY_FILE", "/from/variable", "SOPS_AGE_KEY", IDENTITY));
        sops.does("[ \"$SOPS_AGE_KEY_FILE\" = /from/variable ] || exit 128; echo '{\"a\":\"b\"}'");
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofSeconds(30),
                Optional.of(Path.of("configured.txt")))) {
            assertThat(engine.decrypt(encrypted(rule(), PLAIN), "x")).isEqualTo(JsonObject.builder().add("a", "b").build());
        }
        assertThat(sops.calls()).last().isEqualTo("--config /dev/null decrypt --input-type json --output-type json");
        assertThat(sops.variables(2)).contains("SOPS_AGE_KEY_FILE=" + directory.resolve("configured.txt"),
                "SOPS_AGE_KEY=" + IDENTITY);
        assertThat(sops.variables(3)).contains("SOPS_AGE_KEY_FILE=/from/variable");
    }

    @Test
    void theSecondKeyFileIsNotAskedAboutDamage() {
        variables.put("SOPS_AGE_KEY_FILE", "/from/variable");
        sops.does("exit 51");
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofSeconds(30),
                Optional.of(Path.of("/configured.txt")))) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x"))
                    .isInstanceOf(DamagedDocumentException.class);
        }
        assertThat(sops.calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({ "128,DataKeyUnavailableException", "51,DamagedDocumentException", "25,DamagedDocumentException",
            "52,DamagedDocumentException", "112,StorageNotConfiguredException", "1,TokenStorageException",
            "2,TokenStorageException", "137,TokenStorageException", "203,TokenStorageException" })
    void exitCodesOfDecryptionAreToldApartAndWordsAboutValuesWithheld(int exitCode, String expected) {
        sops.does("echo '{\"access_token\": \"" + SECRET
                + "\"}'; [ %d = 128 ] || echo 'Input string %s does not match' >&2; exit %d"
                        .formatted(exitCode, SECRET, exitCode));

        TokenStorageException failure = catchThrowableOfType(TokenStorageException.class,
                () -> engine().decrypt(encrypted(rule(), PLAIN), "tokens/x.sops.json"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure).hasMessageNotContaining(SECRET).hasNoCause();
        if (exitCode != 112) {
            assertThat(failure).hasMessageStartingWith("tokens/x.sops.json");
        }
    }

    @Test
    void whyNoKeyOpensIsToldWithoutCredentials() {
        variables.putAll(Map.of("VAULT_TOKEN", "hvs.vAuLtToKeN", "AWS_SECRET_ACCESS_KEY", "aWsSeCrEt9876", "SOPS_AGE_KEY",
                IDENTITY + " " + IDENTITY.replace("KEY-1C", "KEY-1D"), "SOPS_AGE_KEY_CMD", "print-key --pin 123456789",
                "SOPS_AGE_KEY_FILE", "/keys/here.txt"));
        sops.does("""
                cat >&2 <<EOF
                Failed to get the data key required to decrypt the SOPS file.

                Group 0: FAILED
                  https://vault/v1/transit/keys/k: FAILED
                    - | error: no access with hvs.vAuLtToKeN or aWsSeCrEt9876 of
                      | /keys/here.txt after '123456789' printed AGE-PLUGIN-X-1QQQ and
                      | $SOPS_AGE_KEY

                Recovery failed because no master key was able to decrypt the file.
                EOF
                exit 128
                """);

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x.sops.json"))
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("x.sops.json: sops has no key that opens it: https://vault/v1/transit/keys/k: FAILED; error: no"
                        + " access with [VAULT_TOKEN] or [AWS_SECRET_ACCESS_KEY] of; /keys/here.txt after"
                        + " '[SOPS_AGE_KEY_CMD]' printed [identity] and; [identity] [identity]");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 4, 8, 23, 128, 139, 203 })
    void aFailedEncryptionIsExplainedByADocumentWithoutSecrets(int exitCode) {
        sops.does("input=$(cat); echo \"it says $input\" >&2; exit " + exitCode);

        assertThatThrownBy(() -> encrypt(rule())).isInstanceOf(TokenStorageException.class)
                .hasMessage("sops cannot encrypt under the rule (exit code " + exitCode + "): it says "
                        + new String(PROBE, StandardCharsets.UTF_8))
                .hasNoCause();
    }

    @Test
    void whatIsSaidOfTheDocumentOnlyIsWithheld() {
        sops.does("cat >input; if grep -q probe input; then cat document; else cat input >&2; exit 23; fi")
                .file("document", encrypted(rule(), PROBE));

        assertThatThrownBy(() -> encrypt(rule())).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining("exit code 23").hasMessageContaining("withheld").hasMessageNotContaining(SECRET)
                .hasMessageContaining("unsavedToken").hasMessageNotContaining("try again").hasNoCause();
        assertThat(sops.calls()).as("version, document, probe, document").hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "exit 1", "exit 128", "kill -9 $$", "exit 0", "cat probed; exit 0" })
    void whatFailsOnceIsTriedOnceMore(String failing) {
        byte[] document = encrypted(rule(), PLAIN);
        sops.does("cat >input; if grep -q probe input; then exec cat probed; fi\n"
                + "[ -e failed ] || { touch failed; " + failing + "; }; cat document")
                .file("document", document).file("probed", encrypted(rule(), PROBE));

        assertThat(encrypt(rule())).isEqualTo(document);
        assertThat(encrypt(rule())).isEqualTo(document);
        assertThat(sops.calls()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aRuleThatSopsDoesNotAcceptIsAConfigurationError() {
        sops.does("echo 'error loading config: no matching creation rules found' >&2; exit 1");
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThatThrownBy(encryption::requireReady).isInstanceOf(StorageNotConfiguredException.class).hasMessage(
                    "sops cannot encrypt under the rule (exit code 1): error loading config: no matching creation rules found");
        }
    }

    @Test
    void aDocumentForOthersOrUnderAnotherRuleIsDropped() {
        CreationRule partly = new CreationRule("the rule", rule().keyGroups(), 0,
                Optional.of(new Selector(Selector.Kind.ENCRYPTED_REGEX, "^other$")), false, -1);
        CreationRule macOnly = new CreationRule("the rule", rule().keyGroups(), 0, Optional.empty(), true, -1);
        String good = new String(encrypted(rule(), PLAIN), StandardCharsets.UTF_8);
        assertThat(encryptedAs(good)).isEqualTo(bytes(good));

        assertDropped(new String(encrypted(rule(STRANGER), PLAIN), StandardCharsets.UTF_8), "other keys than the rule names");
        assertDropped(new String(encrypted(partly, PLAIN), StandardCharsets.UTF_8), "another selector");
        assertDropped(new String(encrypted(macOnly, PLAIN), StandardCharsets.UTF_8), "another mac_only_encrypted");
        assertDropped(good.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"" + SECRET + "\""),
                "a value in clear that the rule encrypts");
        assertDropped(good.replaceFirst("\"n\": \"ENC", "\"m\": \"ENC"), "another content");
        assertDropped(good.replaceFirst("type:int", "type:str"), "another content");
        assertDropped(good.replaceFirst("\"n\": \"ENC[^\"]*\",", ""), "another content");
        assertDropped(good.replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""), "no message authentication code");
        assertDropped("{\"access_token\": \"" + SECRET + "\"}", "did not write an encrypted document");
        assertDropped(SECRET, "did not write an encrypted document");
        assertDropped("", "did not write an encrypted document");
    }

    private byte[] encryptedAs(String produced) {
        sops.does("cat >input; cat document").file("document", bytes(produced));
        return encrypt(rule());
    }

    private void assertDropped(String produced, String why) {
        assertThatThrownBy(() -> encryptedAs(produced)).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining(why).hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void numbersThatOldVersionsRoundAreRefused() {
        String template = new String(encrypted(rule(), bytes("{\"n\":1}")), StandardCharsets.UTF_8);
        String asFloat = template.replaceFirst("type:int", "type:float");
        sops.does("cat >input; cat document").file("document", bytes(asFloat));
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThat(encryption.encrypt(JsonReader.read(bytes("{\"n\":9007199254740992}"), "plain"))).isNotEmpty();
            assertThatThrownBy(() -> encryption.encrypt(JsonReader.read(bytes("{\"n\":9007199254740993}"), "plain")))
                    .hasMessageContaining("install sops 3.13.2 or newer");
        }
    }

    @Test
    void aProgramThatHangsOrNeverEndsItsOutputIsKilled() {
        byte[] document = encrypted(rule(), PLAIN);
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofMillis(500), Optional.empty())) {
            sops.does("exec sleep 600");
            assertThatThrownBy(() -> engine.decrypt(document, "x")).isExactlyInstanceOf(TokenStorageException.class)
                    .hasMessageStartingWith(sops.program() + ": the program did not finish within");
            assertThatThrownBy(() -> engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain")))
                    .isExactlyInstanceOf(TokenStorageException.class);
        }
        sops.does("exec cat /dev/zero");
        assertThatThrownBy(() -> engine().decrypt(document, "x")).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining("its output is larger than");
    }

    @Test
    void anInterruptDoesNotCostTheDocumentAndIsKept() throws Exception {
        sops.does("touch started; cat >input; while [ ! -e go ]; do sleep 0.05; done; cat document")
                .file("document", encrypted(rule(), PLAIN));
        byte[][] result = new byte[1][];
        boolean[] interrupted = new boolean[1];
        Thread thread = new Thread(() -> {
            result[0] = encrypt(rule());
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        thread.start();
        Path started = directory.resolve("bin/started");
        while (!Files.exists(started)) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        sops.file("go", new byte[0]);
        thread.join();

        assertThat(result[0]).isNotNull();
        assertThat(interrupted[0]).isTrue();
    }

    @Test
    void thatKeysCannotBeUpdatedIsSaidBeforehand() {
        assertThatThrownBy(() -> engine().requireRewrappable("x")).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("x: the keys of a document cannot be updated").hasMessageContaining("secrets rotate");
        assertThat(sops.calls()).isEmpty();
    }

    @Test
    void whatIsNoSopsDocumentDoesNotReachTheProgram() {
        assertThatThrownBy(() -> engine().decrypt(PLAIN, "x")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("not encrypted with SOPS").hasMessageNotContaining(SECRET);
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThatThrownBy(() -> encryption.encrypt(JsonReader.read(bytes("{\"sops\":1}"), "plain")))
                    .isInstanceOf(AlreadyEncryptedException.class);
        }
        assertThat(sops.calls()).isEmpty();
    }

    @Test
    void whatTheProgramDecryptsMustBeJson() {
        sops.does("printf '{\"access_token\": " + SECRET + "}'");

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(TokenStorageException.class)
                .hasMessageContaining("what sops made of x").hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void anInvalidPatternIsRefusedBeforeAnythingRuns() {
        CreationRule broken = new CreationRule("the rule", rule().keyGroups(), 0,
                Optional.of(new Selector(Selector.Kind.ENCRYPTED_REGEX, "(")), false, -1);

        assertThatThrownBy(() -> engine().prepare(broken)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rule");
        assertThat(sops.calls()).isEmpty();
    }
}
