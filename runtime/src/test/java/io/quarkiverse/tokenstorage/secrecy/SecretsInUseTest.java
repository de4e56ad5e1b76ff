package io.quarkiverse.tokenstorage.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.ProviderScope;
import io.quarkiverse.tokenstorage.storage.ReadinessProbe;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * All that can be done with tokens and keys, in order and out of order, with secrets planted everywhere: none of them in a
 * log, however detailed, in a failure with all that belongs to it, in the text of a result, or in what a command says.
 */
class SecretsInUseTest {

    private static final String RECIPIENT = "age1904lqw0sqjrghz776y5yvue8p92kqmqkjtyghj62j6whgzrdkghqswr82d";
    private static final String IDENTITY = "AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM";
    private static final String RESPONSE = """
            {"access_token": "planted-access", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "planted-refresh",
             "id_token": "planted-id", "scope": "read", "name": {"deep": ["planted-claim", 12345678901]}}""";
    private static final AuthToken TOKEN = new TokenImport(Clock.systemUTC())
            .read(RESPONSE.getBytes(StandardCharsets.UTF_8), "test");

    /** Whatever tells one of these tells a secret. */
    private static final List<String> SECRETS = List.of("planted", "12345678901", "CSYHVC0LLR6GJJ54",
            "csyhvc0llr6gjj54");

    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private int failures;
    private LogCapture log;

    /** Something that may fail. */
    private interface Act {
        Object run() throws IOException;
    }

    @BeforeEach
    void setUp() throws IOException {
        variables.put("HOME", home.toString());
        identities(IDENTITY);
        rules("age: " + RECIPIENT);
        log = new LogCapture("");
    }

    @AfterEach
    void noneIsTold() {
        log.close();
        told.addAll(log.lines());
        for (String secret : SECRETS) {
            assertThat(told.stream().filter(text -> text.contains(secret))).as("the secret %s", secret).isEmpty();
        }
    }

    /** Keeps what came of it, as a log would: its text, or everything that belongs to the failure. */
    private void act(Act act) throws IOException {
        try {
            Object result = act.run();
            told.add(String.valueOf(result));
        } catch (RuntimeException e) {
            failures++;
            tell(e, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    private void tell(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return;
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        told.add(trace.toString());
        told.add(String.valueOf(failure));
        told.add(String.valueOf(failure.getLocalizedMessage()));
        if (failure instanceof TokenStorageException ours) {
            told.add(String.valueOf(ours.unsavedToken()));
        }
        tell(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            tell(suppressed, seen);
        }
    }

    @Test
    void allOperationsOfAllBackends() throws IOException {
        for (TokenStorage storage : List.of(TokenStorages.memory(), TokenStorages.file(tokens(), options()), sops())) {
            act(() -> save(storage));
            act(() -> storage.load("github"));
            act(() -> storage.update("github", token -> Optional.of(TOKEN.toBuilder().refreshToken("planted-other").build())));
            act(() -> storage.update("github", token -> {
                throw new TokenStorageException("of the caller").carrying(TOKEN);
            }));
            act(() -> storage.exists("github"));
            act(storage::providers);
            if (storage instanceof ReadinessProbe probe) {
                act(() -> probe.readiness(ProviderScope.ANY));
            }
            if (storage instanceof SopsTokenStorage encrypted) {
                act(() -> encrypted.inspect("github"));
                act(() -> encrypted.previewRotate("github"));
                act(() -> encrypted.rotate("github"));
                rules("age: " + RECIPIENT + ",age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r");
                act(() -> encrypted.updateKeys("github"));
            }
            act(() -> storage.delete("github"));
            told.add(storage.toString());
            if (storage instanceof CloseableTokenStorage closeable) {
                closeable.close();
                act(() -> storage.load("github"));
                act(() -> save(storage));
            }
        }
        told.add(String.valueOf(options()));
        told.add(String.valueOf(settings("sops")));
        assertThat(failures).isEqualTo(7);
    }

    @Test
    void savesThatFailHandTheTokenBackSilently() throws IOException {
        Files.delete(home.resolve(".sops.yaml"));
        act(() -> save(sops()));
        rules("age: " + RECIPIENT, "encrypted_regex: '^data$'");
        act(() -> save(sops()));
        rules("age: " + RECIPIENT, "encrypted_regex: '_token$'");
        act(() -> save(sops()));
        // A private key where a public one belongs
        rules("age: " + IDENTITY);
        act(() -> save(sops()));
        rules("pgp: " + IDENTITY);
        act(() -> save(sops()));
        rules("kms: " + IDENTITY);
        act(() -> save(sops()));
        Files.writeString(home.resolve(".sops.yaml"), "creation_rules: [" + IDENTITY + ": {");
        act(() -> save(sops()));
        act(() -> save(TokenStorages.sops(tokens(), options().withAgeRecipients(List.of(IDENTITY)))));
        Files.writeString(home.resolve("file"), "");
        act(() -> save(TokenStorages.file(home.resolve("file/below"), options())));
        assertThat(failures).isEqualTo(8);
    }

    @Test
    void inputThatIsCutOffOrOfTheWrongType() throws IOException {
        TokenImport reading = new TokenImport(Clock.systemUTC());
        Path file = Files.createDirectories(tokens()).resolve("github.token.json");
        for (int end = 0; end < RESPONSE.length(); end++) {
            byte[] cut = RESPONSE.substring(0, end).getBytes(StandardCharsets.UTF_8);
            act(() -> reading.read(cut, "response"));
            Files.write(file, cut);
            act(() -> TokenStorages.file(tokens(), options()).load("github"));
            Files.write(file, (RESPONSE.substring(0, end) + "\u0001planted\"" + RESPONSE.substring(end))
                    .getBytes(StandardCharsets.UTF_8));
            act(() -> TokenStorages.file(tokens(), options()).load("github"));
        }
        assertThat(failures).isGreaterThan(3 * RESPONSE.length() - 30);
        // Not those that may be shown, type and scope
        for (String member : List.of("access_token", "expires_in", "expires_at", "issued_at", "id_token", "metadata",
                "refresh_token")) {
            for (String value : List.of("\"planted-value\"", "{\"planted-name\": \"planted-value\"}", "[[\"planted-value\"]]",
                    "12345678901234", "true", "\"planted\\ud800\"")) {
                byte[] json = ("{\"access_token\": \"planted-access\", \"" + member + "\": " + value + "}").getBytes(
                        StandardCharsets.UTF_8);
                act(() -> reading.read(json, "response"));
                Files.write(file, json);
                act(() -> TokenStorages.file(tokens(), options()).load("github"));
            }
        }
    }

    @Test
    void encryptedFilesThatWereTamperedWith() throws IOException {
        save(sops());
        Path file = tokens().resolve("github.token.sops.json");
        String whole = Files.readString(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        for (String part : List.of("access_token", "refresh_token", "id_token", "mac", "enc", "lastmodified", "version")) {
            for (String value : List.of("\"planted-value\"", "12345678901", "{\"a\": \"planted\"}", "\"" + IDENTITY + "\"")) {
                Files.writeString(file, whole.replaceFirst("\"" + part + "\": \"[^\"]*\"", "\"" + part + "\": " + value));
                act(() -> sops().load("github"));
                act(() -> sops().rotate("github"));
                act(() -> sops().inspect("github"));
                act(() -> ((ReadinessProbe) sops()).readiness(ProviderScope.ANY));
            }
        }
        assertThat(failures).isGreaterThan(60);
    }

    @Test
    void identitiesThatCannotBeRead() throws IOException {
        save(sops());
        for (String text : List.of(IDENTITY + "planted", IDENTITY.toLowerCase() + "x", "planted", "# ok\n" + IDENTITY + " x",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nplanted\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nplanted\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN AGE ENCRYPTED FILE-----\nplanted\n-----END AGE ENCRYPTED FILE-----\n", "AGE-PLUGIN-PLANTED-1QQ")) {
            identities(text);
            act(() -> sops().load("github"));
            act(() -> save(sops()));
            act(() -> new Doctor(settings("sops"), sops(), "host").examine().toJson());
            Files.delete(home.resolve(".config/sops/age/keys.txt"));
            for (String variable : List.of("SOPS_AGE_KEY", "SOPS_AGE_KEY_CMD")) {
                variables.put(variable, variable.endsWith("CMD") ? "sh -c 'echo \"" + text.replace("\n", " ")
                        + "\"; echo planted-error >&2; exit 3'" : text);
                act(() -> sops().load("github"));
                variables.remove(variable);
            }
        }
        assertThat(failures).isGreaterThan(20);
    }

    @Test
    void identitiesInPlaceOfTheirFiles() throws IOException {
        save(sops());
        Files.delete(home.resolve(".config/sops/age/keys.txt"));
        for (String variable : List.of("SOPS_AGE_KEY_FILE", "SOPS_AGE_SSH_PRIVATE_KEY_FILE", "SOPS_AGE_KEY_CMD",
                "SOPS_AGE_RECIPIENTS", "SOPS_PGP_FP", "SOPS_KMS_ARN")) {
            variables.put(variable, IDENTITY);
            act(() -> sops().load("github"));
            act(() -> save(sops()));
            act(() -> new Doctor(settings("sops"), sops(), "host").examine());
            variables.remove(variable);
        }
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.empty(), Optional.of("tokens"), Optional.empty(),
                Optional.empty(), List.of(IDENTITY), Optional.of(IDENTITY), Optional.empty(), Optional.empty(),
                Optional.empty());
        StorageSettings settings = new StorageSettings("sops", Map.of(), Optional.empty(), texts, environment());
        told.add(settings.toString());
        act(settings::options);
        act(() -> new Doctor(settings, sops(), "host").examine());
        assertThat(failures).isGreaterThan(9);
    }

    @Test
    void aProgramThatQuotesWhatItWasGiven() throws IOException {
        save(sops());
        Path program = home.resolve("sops");
        Files.writeString(program, """
                #!/bin/sh
                case "$*" in *version*) echo "sops 3.13.2"; exit 0;; esac
                tee /dev/stderr
                exit 25
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        TokenStorage storage = TokenStorages.sops(tokens(), options().withSopsExecutable(program.toString()));
        act(() -> save(storage));
        act(() -> storage.load("github"));
        act(() -> storage.update("github", token -> Optional.of(TOKEN)));
        assertThat(failures).isEqualTo(3);
    }

    @Test
    void commands() throws IOException {
        Files.writeString(home.resolve("response.json"), RESPONSE);
        Files.writeString(home.resolve("broken.json"), RESPONSE.replace("{\"access", "{planted \"access"));
        Files.writeString(home.resolve("app.sops.json"), "{\"password\": \"planted-password\", \"planted_unencrypted\": 1}");
        for (String backend : List.of("file", "sops")) {
            TokenStorage storage = backend.equals("file") ? TokenStorages.file(tokens(), options()) : sops();
            said(run(backend, storage, "auth", "import", "github", "response.json", "--verbose"));
            said(run(backend, storage, "auth", "import", "github", "broken.json", "--verbose"));
            said(run(backend, storage, "auth", "status", "github"));
            said(run(backend, storage, "auth", "status", "--json"));
            said(run(backend, storage, "auth", "providers", "--json"));
            CommandLineRun token = run(backend, storage, "auth", "token", "github");
            assertThat(token.out()).isEqualToIgnoringNewLines("planted-access");
            told.add(token.err());
            said(run(backend, storage, "secrets", "doctor", "--json"));
            said(run(backend, storage, "secrets", "rotate", "--all", "--verbose"));
            said(run(backend, storage, "secrets", "updatekeys", "--all", "--dry-run"));
            said(run(backend, storage, "auth", "logout", "github"));
        }
        TokenStorage storage = sops();
        said(run("sops", storage, "secrets", "encrypt", "app.sops.json", "-o", "app.enc.sops.json"));
        said(run("sops", storage, "secrets", "encrypt", "broken.json", "--verbose"));
        said(run("sops", storage, "secrets", "decrypt", "broken.json", "--verbose"));
        said(run("sops", storage, "secrets", "decrypt", "app.enc.sops.json", "-o", "app.json"));
        assertThat(home.resolve("app.json")).content().contains("planted-password");
        Files.delete(home.resolve(".config/sops/age/keys.txt"));
        said(run("sops", storage, "secrets", "decrypt", "app.enc.sops.json", "--verbose"));
        said(run("sops", storage, "secrets", "doctor"));
        said(run("sops", storage, "secrets", "init", "--verbose"));
    }

    /** The name of a member is no secret: it stands in the encrypted file. */
    private void said(CommandLineRun run) {
        told.add(run.out());
        told.add(run.err().replace("planted_unencrypted", ""));
    }

    private CommandLineRun run(String backend, TokenStorage storage, String... arguments) {
        return CommandLineRun.of(storage, settings(backend), arguments);
    }

    @Test
    void whatWasReadOfADocumentTellsNothing() throws IOException {
        told.add(String.valueOf(JsonReader.read(RESPONSE.getBytes(StandardCharsets.UTF_8), "response")));
        told.add(String.valueOf(JsonReader.read(RESPONSE.getBytes(StandardCharsets.UTF_8), "response").members()));
        told.add(TOKEN.toString());
        told.add(TOKEN.toBuilder().toString());
    }

    private static Object save(TokenStorage storage) {
        storage.save("github", TOKEN);
        return "saved";
    }

    private Path tokens() {
        return home.resolve("tokens");
    }

    private StorageOptions options() {
        return StorageOptions.defaults().withLockTimeout(Duration.ofSeconds(30)).withEnvironment(environment());
    }

    private HostEnvironment environment() {
        return new HostEnvironment(variables, home, "?", OperatingSystem.LINUX);
    }

    private SopsTokenStorage sops() {
        return TokenStorages.sops(tokens(), options());
    }

    private StorageSettings settings(String backend) {
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.of("tokens"), Optional.of("tokens"), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new StorageSettings(backend, Map.of(), Optional.empty(), texts, environment());
    }

    private void identities(String text) throws IOException {
        Path file = home.resolve(".config/sops/age/keys.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private void rules(String... lines) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"),
                "creation_rules:\n  - path_regex: \\.sops\\.json$\n    " + String.join("\n    ", lines) + "\n");
    }
}
