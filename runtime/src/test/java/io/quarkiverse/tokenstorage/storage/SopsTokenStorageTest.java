package io.quarkiverse.tokenstorage.storage;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER_IDENTITY;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OWN;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OWN_IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;

class SopsTokenStorageTest extends CloseableStorageContract {

    @TempDir
    Path temp;
    private SopsHome home;
    private final List<CloseableTokenStorage> opened = new ArrayList<>();
    private CloseableTokenStorage storage;

    @BeforeEach
    void home() {
        home = SopsHome.make(temp);
        storage = open();
    }

    @AfterEach
    void close() {
        opened.forEach(CloseableTokenStorage::close);
    }

    private CloseableTokenStorage open() {
        return open(home.options());
    }

    private CloseableTokenStorage open(StorageOptions options) {
        CloseableTokenStorage made = TokenStorages.sops(home.tokens(), options);
        opened.add(made);
        return made;
    }

    @Override
    CloseableTokenStorage storage() {
        return storage;
    }

    @Test
    void writesOnlyCiphertextForTheOwnerOnly() throws IOException {
        storage().save("github", TOKEN);

        assertThat(mode(home.file("github"))).isEqualTo("r--------");
        assertThat(Files.readString(home.file("github"))).contains("ENC[AES256_GCM,", OWN, "\"mac\"", "\"lastmodified\"")
                .doesNotContain("access-1", "refresh-1", "id-1", "openid", "Bearer", "2026-01-03");
    }

    @Test
    void makesANewDataKeyForEverySave() throws IOException {
        storage().save("github", TOKEN);
        String first = Files.readString(home.file("github"));
        storage().save("github", TOKEN);

        assertThat(Files.readString(home.file("github"))).isNotEqualTo(first);
        assertThat(open().load("github")).contains(TOKEN);
    }

    @Test
    void anEqualTokenIsNotWritten() throws IOException {
        storage().save("github", TOKEN);
        byte[] before = Files.readAllBytes(home.file("github"));

        assertThat(storage().update("github", current -> Optional.of(TOKEN.toBuilder().build()))).contains(TOKEN);
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        try (var files = Files.list(home.tokens())) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(".tmp-"))).isEmpty();
        }
    }

    @Test
    void readsTheLegacyNameAndRemovesItAfterTheNextSave() throws IOException {
        storage().save("github", TOKEN);
        Path legacy = home.tokens().resolve("github.sops.json");
        Files.move(home.file("github"), legacy);

        assertThat(storage().load("github")).contains(TOKEN);
        assertThat(storage().providers()).containsExactly("github");
        storage().update("github", current -> current.map(token -> token.toBuilder().refreshToken("refresh-2").build()));

        assertThat(legacy).doesNotExist();
        assertThat(home.file("github")).exists();
        assertThat(storage().load("github").orElseThrow().refreshToken()).contains("refresh-2");
    }

    @Test
    void aDamagedWrappedKeyIsNoMissingKey() throws IOException {
        storage().save("github", TOKEN);
        String whole = Files.readString(home.file("github"));
        Files.delete(home.file("github"));
        for (String damage : List.of(whole.replaceFirst("\"enc\": \"[^\"]*\"", "\"enc\": null"),
                whole.replaceFirst("-----END AGE", "-----END"),
                whole.replaceFirst("(YWdlLWVuY3J5cHRpb24[^\\\\]*\\\\n[^\\\\]{20})(.)", "$1\\\\n"))) {
            assertThat(damage).isNotEqualTo(whole);
            Files.writeString(home.file("github"), damage);

            assertThatThrownBy(() -> open().load("github")).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("github.token.sops.json is damaged: its data key cannot be unwrapped. age " + OWN);
        }
        String besideAStranger = whole.replaceFirst("\"age\": \\[", "\"age\": [{\"recipient\": \"x\", \"enc\": null},");
        Files.writeString(home.file("github"), besideAStranger);
        assertThat(open().load("github")).contains(TOKEN);
    }

    @Test
    void savingNeedsNoIdentity() throws IOException {
        Files.delete(home.keyFile());
        CloseableTokenStorage writer = open();
        writer.save("github", TOKEN);

        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("github.token.sops.json");
    }

    @Test
    void saysWhenNoKeyFits() throws IOException {
        storage().save("github", TOKEN);
        home.identity(OTHER_IDENTITY);

        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining(OWN).hasMessageNotContaining("AGE-SECRET-KEY");
    }

    /** Remembered data keys are of no use without it, and neither is the identity that was read from there. */
    @ParameterizedTest
    @CsvSource({ "PT15M", "PT0S" })
    void forgetsWhatAnIdentityOpenedWhenThatIsTakenAway(Duration dataKeyLifetime) throws IOException {
        CloseableTokenStorage reader = open(home.options().withDataKeyLifetime(dataKeyLifetime));
        Path keys = home.keyFile();
        storage().save("github", TOKEN);
        assertThat(reader.load("github")).contains(TOKEN);
        assertThat(reader.load("github")).contains(TOKEN);

        Files.move(keys, home.path().resolve("away"));
        assertThatThrownBy(() -> reader.load("github")).isInstanceOf(DataKeyUnavailableException.class);
        Files.move(home.path().resolve("away"), keys);
        assertThat(reader.load("github")).contains(TOKEN);

        Files.writeString(keys, OTHER_IDENTITY + "\n# another length\n");
        assertThatThrownBy(() -> reader.load("github")).isInstanceOf(DataKeyUnavailableException.class);
        Files.writeString(keys, OTHER_IDENTITY + "\n" + OWN_IDENTITY + "\n");
        assertThat(reader.load("github")).contains(TOKEN);
    }

    @Test
    void sopsIsNotConfiguredWithoutRules() throws IOException {
        Files.delete(home.rulesFile());

        assertThatThrownBy(() -> storage().save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("secrets");
        assertThat(home.tokens().resolve("github.token.sops.json")).doesNotExist();
    }

    @Test
    void configuredRecipientsNeedNoRules() throws IOException {
        Files.delete(home.rulesFile());
        CloseableTokenStorage configured = open(home.options().withAgeRecipients(List.of(OWN)));

        configured.save("github", TOKEN);
        assertThat(configured.load("github")).contains(TOKEN);
    }

    @Test
    void keepsATokenInSeveralKeyGroups() throws IOException {
        home.rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OTHER + ", " + OWN + "]",
                "  - age: [" + OTHER + "]");
        storage().save("github", TOKEN);
        assertThat(Files.readString(home.file("github"))).contains("\"shamir_threshold\": 2", "\"key_groups\"");
        assertThat(open().load("github")).contains(TOKEN);

        home.identity(OTHER_IDENTITY);
        assertThat(open().load("github")).contains(TOKEN);
        home.identity("# none");
        assertThatThrownBy(() -> open().load("github")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("open 0 of its 3 key groups, and 2 are needed")
                .hasMessageContaining("group 3: age " + OTHER);
    }

    @Test
    void aDamagedFileIsNotMissingAndCanBeReplaced() throws IOException {
        storage().save("github", TOKEN);
        String content = Files.readString(home.file("github"));
        for (String damaged : List.of("", content.substring(0, content.length() / 2),
                content.replaceFirst("data:..", "data:AA"),
                content.replaceFirst("\"lastmodified\": \"2", "\"lastmodified\": \"1"),
                content.replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""), "{\"access_token\": \"clear\"}")) {
            Files.delete(home.file("github"));
            Files.writeString(home.file("github"), damaged);

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
                moveAway(home.tokens());
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
}
