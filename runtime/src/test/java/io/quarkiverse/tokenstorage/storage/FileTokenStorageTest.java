package io.quarkiverse.tokenstorage.storage;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.LogCapture;

class FileTokenStorageTest extends CloseableStorageContract {

    @TempDir
    Path home;
    private CloseableTokenStorage storage;

    private Path directory() {
        return home.resolve("tokens");
    }

    @Override
    CloseableTokenStorage storage() {
        if (storage == null) {
            storage = TokenStorages.file(directory());
        }
        return storage;
    }

    @Test
    void writesPlainJsonForTheOwnerOnly() throws IOException {
        storage().save("github", TOKEN);

        Path file = directory().resolve("github.token.json");
        assertThat(Files.readString(file)).contains("\"access_token\": \"access-1\"",
                "\"expires_at\": \"2026-01-03T15:30:00Z\"");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(directory())).isEqualTo("rwx------");
    }

    @Test
    void warnsOnceThatNothingIsEncrypted() {
        try (LogCapture log = new LogCapture(PlainTokenCodec.class)) {
            storage().save("a", TOKEN);
            storage().save("b", TOKEN);
            storage().load("b");

            assertThat(log.messages())
                    .containsExactly("FileTokenStorage: Tokens will be stored UNENCRYPTED at " + directory());
        }
    }

    @Test
    void readsWhatThePythonToolWrote() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("corporate.token.json"), """
                {"access_token": "a", "token_type": "Bearer", "expires_at": "2026-01-03T15:30:00.123456+00:00",
                 "refresh_token": null, "scope": ["openid"], "id_token": null, "issued_at": "2026-01-03T14:30:00",
                 "metadata": {}, "new_member": [1]}""");

        assertThat(storage().load("corporate").orElseThrow().metadata()).containsEntry("new_member", List.of(1L));
        assertThat(storage().load("corporate").orElseThrow().expiresAt().orElseThrow()).hasToString("2026-01-03T15:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"%1$s\":1,\"%1$s\":2}", "{\"access_token\":\"a\",\"x\":{\"%1$s\":1,\"%1$s\":2}}" })
    void namesAMemberInOneShortLine(String content) throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("github.token.json"),
                content.formatted("\\n\\u001b[2Jfoo" + "x".repeat(100_000)));

        assertThatThrownBy(() -> storage().load("github")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("occurs twice").hasMessageContaining("foo")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000).doesNotContain("\n", "\u001b"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "planted", "[]", "{\"access_token\":\"planted", "{\"access_token\":{\"planted\":1}}",
            "{\"refresh_token\":\"planted\"}", "{\"access_token\":\"planted\",\"expires_at\":\"planted\"}" })
    void saysThatAFileIsDamaged(String content) throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("github.token.json"), content);

        assertThatThrownBy(() -> storage().load("github")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("github.token.json").hasMessageNotContaining("planted").hasNoCause();
        assertThatThrownBy(() -> storage().update("github", current -> {
            throw new AssertionError("must not be called");
        })).isInstanceOf(DamagedDocumentException.class);
        assertThat(storage().exists("github")).isTrue();
        storage().save("github", TOKEN);
        assertThat(storage().load("github")).contains(TOKEN);
    }

    @Test
    void aTildeIsTheHomeDirectory(@TempDir Path root) {
        Path home = root.resolve("home");
        StorageOptions options = StorageOptions.defaults().withEnvironment(new HostEnvironment(
                Map.of("HOME", home.toString()), root.resolve("work"), "?", HostEnvironment.OperatingSystem.LINUX));
        for (String directory : List.of("~/.config/../tokens", "~", "tokens/~", "~tokens")) {
            try (CloseableTokenStorage storage = TokenStorages.file(Path.of(directory), options)) {
                storage.save("github", AuthToken.builder("a").build());
            }
        }
        for (String directory : List.of("home/tokens", "home", "work/tokens/~", "work/~tokens")) {
            assertThat(root.resolve(directory).resolve("github.token.json")).exists();
        }
    }
}
