package io.quarkiverse.tokenstorage.interop.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Token files of the storage and sops, with the set-up that the documentation of token storages tells people to make. */
class TokenFilesTest {

    @TempDir
    Path directory;
    Sandbox box;
    Path tokens;
    CloseableTokenStorage storage;

    @BeforeEach
    void storage() {
        box = Sandbox.in(directory);
        tokens = box.home().resolve(".config/kstlib/auth/tokens");
        // The rule stands in the home directory: sops finds it from there, this library from anywhere
        Sandbox.write(box.home().resolve(".sops.yaml"),
                "creation_rules:\n  - path_regex: \\.config/kstlib/auth/tokens/.*\\.sops\\.json$\n    age: "
                        + box.identity().recipient() + "\n");
        storage = TokenStorages.sops(tokens, StorageOptions.defaults().withEnvironment(box.environment()));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void sopsReadsASavedToken() throws IOException {
        storage.save("corporate", token());
        Path file = tokens.resolve("corporate.token.sops.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
        assertThat(Files.readString(file)).doesNotContain("access-secret").doesNotContain("refresh-secret")
                .doesNotContain("id-secret").doesNotContain("session-secret");
        assertThat(decrypted(file)).isEqualTo("""
                {
                \t"access_token": "access-secret\\u003c\\u0026\\u003e\\u2028\\u0001😀",
                \t"token_type": "Bearer",
                \t"expires_at": "2026-01-03T15:30:00Z",
                \t"refresh_token": "refresh-secret",
                \t"scope": [
                \t\t"openid",
                \t\t"email"
                \t],
                \t"id_token": "id-secret",
                \t"issued_at": "2026-01-03T14:30:00Z",
                \t"metadata": {
                \t\t"session_state": "session-secret",
                \t\t"ratio": 1.5,
                \t\t"big": 9223372036854775807,
                \t\t"list": [
                \t\t\ttrue,
                \t\t\tnull,
                \t\t\t""
                \t\t]
                \t}
                }
                """);
    }

    @Test
    void theFileIsWhatSopsWouldHaveWritten() throws IOException {
        storage.save("corporate", token());
        Path file = tokens.resolve("corporate.token.sops.json");
        byte[] plain = box.sops(box.home(), new byte[0], "decrypt", file.toString()).output();
        byte[] theirs = box.sops(box.home(), plain, "encrypt", "--filename-override", file.toString()).output();
        assertThat(Layout.of(Files.readAllBytes(file))).isEqualTo(Layout.of(theirs));
    }

    @Test
    void weLoadATokenThatSopsEncrypted() {
        encryptWithSops("corporate.token.sops.json", """
                {"access_token":"a<b>","token_type":"bearer","expires_at":"2026-01-03T15:30:00+00:00","refresh_token":null,
                 "scope":["openid"],"id_token":"","issued_at":1767450600,"metadata":{"n":1}}""");
        AuthToken loaded = storage.load("corporate").orElseThrow();
        assertThat(loaded.accessToken()).isEqualTo("a<b>");
        assertThat(loaded.tokenType()).isEqualTo("bearer");
        assertThat(loaded.expiresAt()).contains(Instant.parse("2026-01-03T15:30:00Z"));
        assertThat(loaded.refreshToken()).isEmpty();
        assertThat(loaded.scope()).containsExactly("openid");
        assertThat(loaded.issuedAt()).contains(Instant.parse("2026-01-03T14:30:00Z"));
        assertThat(loaded.metadata()).isEqualTo(Map.of("n", 1L));
    }

    @Test
    void weLoadTheLegacyNameAndReplaceIt() {
        encryptWithSops("corporate.sops.json", "{\"access_token\":\"old\"}");
        assertThat(storage.load("corporate").orElseThrow().accessToken()).isEqualTo("old");
        storage.save("corporate", token());
        assertThat(tokens.resolve("corporate.sops.json")).doesNotExist();
        assertThat(storage.load("corporate")).contains(token());
    }

    @Test
    void aTokenChangedBySops() throws IOException {
        storage.save("corporate", token());
        Path file = tokens.resolve("corporate.token.sops.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        box.sops(box.home(), new byte[0], "set", file.toString(), "[\"access_token\"]", "\"changed\"").output();
        assertThat(storage.load("corporate").orElseThrow().accessToken()).isEqualTo("changed");
        box.sops(box.home(), new byte[0], "rotate", "--in-place", file.toString()).output();
        assertThat(storage.load("corporate")).contains(storage.load("corporate").orElseThrow())
                .hasValueSatisfying(token -> assertThat(token.refreshToken()).contains("refresh-secret"));
    }

    private static AuthToken token() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("session_state", "session-secret");
        metadata.put("ratio", 1.5);
        metadata.put("big", Long.MAX_VALUE);
        metadata.put("list", Arrays.asList(true, null, ""));
        return AuthToken.builder("access-secret<&>\u2028\u0001😀").expiresAt(Instant.parse("2026-01-03T15:30:00Z"))
                .issuedAt(Instant.parse("2026-01-03T14:30:00Z")).refreshToken("refresh-secret").idToken("id-secret")
                .scope(List.of("openid", "email")).metadata(metadata).build();
    }

    private void encryptWithSops(String name, String plain) {
        Path file = tokens.resolve(name);
        Sandbox.write(file, box.sops(box.home(), plain.getBytes(StandardCharsets.UTF_8), "encrypt", "--filename-override",
                file.toString()).output());
        try {
            Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String decrypted(Path file) {
        return box.sops(box.home(), new byte[0], "decrypt", file.toString()).text();
    }
}
