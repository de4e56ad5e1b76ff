package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;

class SopsTokenStorageTest extends TokenStorageContract {

    private static final String OWN = "age1904lqw0sqjrghz776y5yvue8p92kqmqkjtyghj62j6whgzrdkghqswr82d";
    private static final String OWN_IDENTITY = "AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM";
    private static final String STRANGER = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";
    private static final String STRANGER_IDENTITY = "AGE-SECRET-KEY-18CSP9TRFU55YSHG843V39K8MT3KY66XNUM7TXAJFSNZWK5U85JKQ5PF4XS";

    @TempDir
    Path home;
    private final List<CloseableTokenStorage> opened = new ArrayList<>();
    private CloseableTokenStorage storage;

    @BeforeEach
    void setUpSops() throws IOException {
        Files.createDirectories(home.resolve(".config/sops/age"));
        Files.writeString(home.resolve(".config/sops/age/keys.txt"), OWN_IDENTITY + "\n");
        rule("age: " + OWN);
        storage = open();
    }

    @AfterEach
    void close() {
        opened.forEach(CloseableTokenStorage::close);
    }

    private void rule(String... lines) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"),
                "creation_rules:\n  - path_regex: tokens/.*\\.sops\\.json$\n    " + String.join("\n    ", lines) + "\n");
    }

    private StorageOptions options(Map<String, String> variables) {
        return StorageOptions.defaults().withLockTimeout(Duration.ofSeconds(30)).withEnvironment(
                new HostEnvironment(variables, home.resolve("work"), "?", OperatingSystem.LINUX));
    }

    private CloseableTokenStorage open() {
        return open(options(Map.of("HOME", home.toString())));
    }

    private CloseableTokenStorage open(StorageOptions options) {
        CloseableTokenStorage made = TokenStorages.sops(directory(), options);
        opened.add(made);
        return made;
    }

    private Path directory() {
        return home.resolve("tokens");
    }

    private Path file() {
        return directory().resolve("github.token.sops.json");
    }

    @Override
    TokenStorage storage() {
        return storage;
    }

    @Test
    void writesOnlyCiphertextForTheOwnerOnly() throws IOException {
        storage().save("github", TOKEN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("r--------");
        assertThat(Files.readString(file())).contains("ENC[AES256_GCM,", OWN, "\"mac\"", "\"lastmodified\"")
                .doesNotContain("access-1", "refresh-1", "id-1", "openid", "Bearer", "2026-01-03");
    }

    @Test
    void makesANewDataKeyForEverySave() throws IOException {
        storage().save("github", TOKEN);
        String first = Files.readString(file());
        storage().save("github", TOKEN);

        assertThat(Files.readString(file())).isNotEqualTo(first);
        assertThat(open().load("github")).contains(TOKEN);
    }

    @Test
    void anEqualTokenIsNotWritten() throws IOException {
        storage().save("github", TOKEN);
        byte[] before = Files.readAllBytes(file());

        assertThat(storage().update("github", current -> Optional.of(TOKEN.toBuilder().build()))).contains(TOKEN);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (var files = Files.list(directory())) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(".tmp-"))).isEmpty();
        }
    }

    @Test
    void readsTheLegacyNameAndRemovesItAfterTheNextSave() throws IOException {
        storage().save("github", TOKEN);
        Path legacy = directory().resolve("github.sops.json");
        Files.move(file(), legacy);

        assertThat(storage().load("github")).contains(TOKEN);
        assertThat(storage().providers()).containsExactly("github");
        storage().update("github", current -> current.map(token -> token.toBuilder().refreshToken("refresh-2").build()));

        assertThat(legacy).doesNotExist();
        assertThat(file()).exists();
        assertThat(storage().load("github").orElseThrow().refreshToken()).contains("refresh-2");
    }

    @Test
    void aDamagedWrappedKeyIsNoMissingKey() throws IOException {
        storage().save("github", TOKEN);
        String whole = Files.readString(file());
        Files.delete(file());
        for (String damage : List.of(whole.replaceFirst("\"enc\": \"[^\"]*\"", "\"enc\": null"),
                whole.replaceFirst("-----END AGE", "-----END"),
                whole.replaceFirst("(YWdlLWVuY3J5cHRpb24[^\\\\]*\\\\n[^\\\\]{20})(.)", "$1\\\\n"))) {
            assertThat(damage).isNotEqualTo(whole);
            Files.writeString(file(), damage);

            assertThatThrownBy(() -> open().load("github")).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("github.token.sops.json is damaged: its data key cannot be unwrapped. age " + OWN);
        }
        String besideAStranger = whole.replaceFirst("\"age\": \\[", "\"age\": [{\"recipient\": \"x\", \"enc\": null},");
        Files.writeString(file(), besideAStranger);
        assertThat(open().load("github")).contains(TOKEN);
    }

    @Test
    void logsAStrangeRecipientInOneShortLine() throws IOException {
        storage().save("github", TOKEN);
        String whole = Files.readString(file());
        Files.delete(file());
        Files.writeString(file(), whole.replaceFirst("\"age\": \\[",
                "\"age\": [{\"recipient\": \"x\\\\n2026 ERROR" + "y".repeat(100_000) + "\", \"enc\": null},"));
        try (CapturedLog log = new CapturedLog(RecipientGuard.class)) {
            storage().save("github", TOKEN);

            assertThat(log.messages()).singleElement().satisfies(
                    message -> assertThat(message).contains("removed x?2026 ERROR").hasSizeLessThan(3000).doesNotContain("\n"));
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        CloseableTokenStorage closed = open();
        closed.save("github", TOKEN);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.load("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.save("github", TOKEN)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.delete("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.exists("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closed::providers).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.update("github", current -> current)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void savingNeedsNoIdentity() throws IOException {
        Files.delete(home.resolve(".config/sops/age/keys.txt"));
        CloseableTokenStorage writer = open();
        writer.save("github", TOKEN);

        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("github.token.sops.json");
    }

    @Test
    void sayWhenNoKeyFits() throws IOException {
        storage().save("github", TOKEN);
        Files.writeString(home.resolve(".config/sops/age/keys.txt"), STRANGER_IDENTITY + "\n");

        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining(OWN).hasMessageNotContaining("AGE-SECRET-KEY");
    }

    /** Remembered data keys are of no use without it, and neither is the identity that was read from there. */
    @ParameterizedTest
    @CsvSource({ "PT15M", "PT0S" })
    void forgetsWhatAnIdentityOpenedWhenThatIsTakenAway(Duration dataKeyLifetime) throws IOException {
        CloseableTokenStorage reader = open(options(Map.of("HOME", home.toString())).withDataKeyLifetime(dataKeyLifetime));
        Path keys = home.resolve(".config/sops/age/keys.txt");
        storage().save("github", TOKEN);
        assertThat(reader.load("github")).contains(TOKEN);
        assertThat(reader.load("github")).contains(TOKEN);

        Files.move(keys, home.resolve("away"));
        assertThatThrownBy(() -> reader.load("github")).isInstanceOf(DataKeyUnavailableException.class);
        Files.move(home.resolve("away"), keys);
        assertThat(reader.load("github")).contains(TOKEN);

        Files.writeString(keys, STRANGER_IDENTITY + "\n# another length\n");
        assertThatThrownBy(() -> reader.load("github")).isInstanceOf(DataKeyUnavailableException.class);
        Files.writeString(keys, STRANGER_IDENTITY + "\n" + OWN_IDENTITY + "\n");
        assertThat(reader.load("github")).contains(TOKEN);
    }

    @Test
    void sopsIsNotConfiguredWithoutRules() throws IOException {
        Files.delete(home.resolve(".sops.yaml"));

        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("secrets");
        assertThat(directory().resolve("github.token.sops.json")).doesNotExist();
    }

    @Test
    void configuredRecipientsNeedNoRules() throws IOException {
        Files.delete(home.resolve(".sops.yaml"));
        CloseableTokenStorage configured = open(
                options(Map.of("HOME", home.toString())).withAgeRecipients(List.of(OWN)));

        configured.save("github", TOKEN);
        assertThat(configured.load("github")).contains(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
            "'encrypted_regex: ''^(data|stringData)$''', access_token",
            "'encrypted_regex: ''^(access|refresh)_token$''', id_token",
            "'encrypted_suffix: _token', ",
            "'unencrypted_regex: ''^refresh''', refresh_token",
            "'unencrypted_suffix: _token', access_token",
            "'encrypted_comment_regex: ''.''', access_token" })
    void refusesARuleThatLeavesATokenInClear(String selector, String clear) throws IOException {
        rule("age: " + OWN, selector);

        if (clear == null) {
            storage().save("github", TOKEN);
            assertThat(storage().load("github")).contains(TOKEN);
        } else {
            assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(".sops.yaml").hasMessageContaining(clear).hasMessageNotContaining("access-1");
            assertThatThrownBy(() -> storage().update("github", current -> {
                throw new AssertionError("must not be called");
            })).isInstanceOf(StorageNotConfiguredException.class);
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void anEmptyTokenMayBeLeftInClear() throws IOException {
        rule("age: " + OWN, "encrypted_regex: ^access_token$");
        AuthToken accessOnly = AuthToken.builder("access-1").build();

        storage().save("github", accessOnly);
        assertThat(storage().load("github")).contains(accessOnly);
    }

    @ParameterizedTest
    @ValueSource(strings = { "encrypted_regex: '('", "encrypted_regex: '(?=x)'", "unencrypted_regex: '(?<n'" })
    void refusesAnInvalidSelector(String selector) throws IOException {
        rule("age: " + OWN, selector);

        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml");
        assertThat(file()).doesNotExist();
    }

    @Test
    void refusesToWriteForStrangersOnly() throws IOException {
        rule("age: " + STRANGER);

        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(STRANGER).hasMessageContaining(OWN).hasMessageContaining(".sops.yaml");
        rule("age: " + STRANGER + "," + OWN);
        storage().save("github", TOKEN);
        assertThat(storage().load("github")).contains(TOKEN);
    }

    @Test
    void warnsWhenRecipientsChange() throws IOException {
        storage().save("github", TOKEN);
        rule("age: " + STRANGER + "," + OWN);

        try (CapturedLog log = new CapturedLog(RecipientGuard.class)) {
            storage().save("github", TOKEN);
            storage().save("github", TOKEN);
            assertThat(log.messages()).singleElement().asString().contains("github.token.sops.json", "added " + STRANGER,
                    ".sops.yaml").doesNotContain("removed");
        }
    }

    @Test
    void keepsATokenInSeveralKeyGroups() throws IOException {
        rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + "]", "  - age: [" + STRANGER + ", " + OWN + "]",
                "  - age: [" + STRANGER + "]");
        storage().save("github", TOKEN);
        assertThat(Files.readString(file())).contains("\"shamir_threshold\": 2", "\"key_groups\"");
        assertThat(open().load("github")).contains(TOKEN);

        Files.writeString(home.resolve(".config/sops/age/keys.txt"), STRANGER_IDENTITY + "\n");
        assertThat(open().load("github")).contains(TOKEN);
        Files.writeString(home.resolve(".config/sops/age/keys.txt"), "# none\n");
        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("open 0 of its 3 key groups, and 2 are needed")
                .hasMessageContaining("group 3: age " + STRANGER);
    }

    @Test
    void refusesStrangersInAShortLine() throws IOException {
        String stranger = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJYKj/7o7HmfzFCL5B5YOeNIC4h5KjjoEc63Rf3w02iy";
        rule("age: ['" + stranger + " " + "x".repeat(9000) + "']");
        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml, rule 1 encrypts for " + stranger)
                .hasMessageContaining("and no key of this user is among them").message().hasSizeLessThan(3000);
    }

    @Test
    void refusesGroupsOfWhichTooFewAreOwn() throws IOException {
        rule("key_groups:", "  - age: [" + OWN + "]", "  - age: [" + STRANGER + "]");
        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml, rule 1 encrypts for 2 key groups of which 2 are needed, and the keys of this"
                        + " user open only 1: the tokens could be read by others and not by us. Not opened are group 2: "
                        + STRANGER + ". Add one of " + OWN);
        assertThat(file()).doesNotExist();
        Files.delete(home.resolve(".config/sops/age/keys.txt"));
        try (CloseableTokenStorage withoutKeys = open()) {
            withoutKeys.save("github", TOKEN);
        }
        assertThat(file()).exists();
    }

    @Test
    void warnsWhenKeyGroupsChange() throws IOException {
        storage().save("github", TOKEN);
        try (CapturedLog log = new CapturedLog(RecipientGuard.class)) {
            rule("key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OWN + "]", "  - age: [" + OWN + ", " + STRANGER + "]");
            storage().save("github", TOKEN);
            storage().save("github", TOKEN);
            rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OWN + "]",
                    "  - age: [" + OWN + ", " + STRANGER + "]");
            storage().save("github", TOKEN);
            rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + ", " + STRANGER + "]", "  - age: [" + OWN + "]",
                    "  - age: [" + OWN + "]");
            storage().save("github", TOKEN);
            storage().save("github", TOKEN);
            String rule = home.resolve(".sops.yaml") + ", rule 1";
            assertThat(log.messages()).containsExactly(
                    file() + " is saved with other recipients than before, as " + rule + " says: added " + STRANGER,
                    file() + " is saved with its data key split over 3 key groups of which 3 are needed, as " + rule
                            + " says; before it was in one key group",
                    file() + " is saved with its data key split over 3 key groups of which 2 are needed, as " + rule
                            + " says; before it was split over 3 key groups of which 3 are needed",
                    file() + " is saved with its recipients in other key groups than before, as " + rule + " says");
        }
    }

    @Test
    void warnsOnceOfMetadataInClear() throws IOException {
        rule("age: " + OWN, "encrypted_regex: _token$");

        try (CapturedLog log = new CapturedLog(ClearTextGuard.class)) {
            storage().save("github", TOKEN);
            storage().save("github", TOKEN);
            assertThat(log.messages()).singleElement().asString().contains("metadata.session_state")
                    .doesNotContain("metadata.session_state.");
        }
    }

    @Test
    void aDamagedFileIsNotMissingAndCanBeReplaced() throws IOException {
        storage().save("github", TOKEN);
        String content = Files.readString(file());
        for (String damaged : List.of("", content.substring(0, content.length() / 2),
                content.replaceFirst("data:..", "data:AA"),
                content.replaceFirst("\"lastmodified\": \"2", "\"lastmodified\": \"1"),
                content.replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""), "{\"access_token\": \"clear\"}")) {
            Files.delete(file());
            Files.writeString(file(), damaged);

            assertThatThrownBy(() -> storage().load("github")).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("github.token.sops.json").hasMessageNotContaining("access-1");
            assertThat(storage().exists("github")).isTrue();
        }
        storage().save("github", TOKEN);
        assertThat(storage().load("github")).contains(TOKEN);
    }

    @Test
    void aFailedWriteCarriesTheNewToken() throws IOException {
        storage().save("github", TOKEN);
        AuthToken refreshed = TOKEN.toBuilder().refreshToken("refresh-2").build();

        assertThatThrownBy(() -> storage().update("github", current -> {
            try {
                moveAway(directory());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return Optional.of(refreshed);
        })).isInstanceOfSatisfying(TokenStorageException.class, failure -> {
            assertThat(failure).isInstanceOf(StorageAccessException.class).hasMessageContaining("was not stored")
                    .hasMessageNotContaining("refresh-2");
            assertThat(failure.unsavedToken()).contains(refreshed);
        });
    }

    @Test
    void aStorageThatIsClosedDuringAnUpdateHandsTheNewTokenBack() {
        storage().save("github", TOKEN);
        AuthToken refreshed = TOKEN.toBuilder().refreshToken("refresh-2").build();

        try {
            storage().update("github", current -> {
                storage.close();
                return Optional.of(refreshed);
            });
            assertThat(open().load("github")).contains(refreshed);
        } catch (TokenStorageException failure) {
            assertThat(failure.unsavedToken()).contains(refreshed);
            assertThat(open().load("github")).contains(TOKEN);
        }
    }

    private void moveAway(Path path) throws IOException {
        Files.move(path, path.resolveSibling("moved"));
    }

    @Test
    void isUsableNoMoreAfterClosing() {
        storage().save("github", TOKEN);
        storage.close();

        assertThatThrownBy(() -> storage().load("github")).isInstanceOf(IllegalStateException.class);
    }
}
