package io.quarkiverse.tokenstorage.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.InvalidProviderNameException;

/** What is shown of a token to whoever has no key. */
class TokenInspectionTest {

    private static final String CLEAR = "unencrypted_regex: ^(token_type|expires_at|issued_at|scope)$";
    private static final AuthToken TOKEN = AuthToken.builder("planted-access").refreshToken("planted-refresh")
            .idToken("planted-id").tokenType("DPoP").expiresAt(Instant.parse("2026-01-03T15:30:00Z"))
            .scope(List.of("openid", "email")).metadata(Map.of("state", "planted-state")).build();

    @TempDir
    Path directory;
    private SopsHome home;
    private SopsTokenStorage storage;

    @BeforeEach
    void makeStorage() {
        home = SopsHome.make(directory);
        storage = home.open();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void save(AuthToken token, String... ruleLines) throws IOException {
        String[] lines = new String[ruleLines.length + 1];
        lines[0] = "age: " + SopsHome.OWN;
        System.arraycopy(ruleLines, 0, lines, 1, ruleLines.length);
        home.rule(lines);
        storage.save("github", token);
        Files.deleteIfExists(home.keyFile());
        storage.close();
        storage = home.open();
        assertThatThrownBy(() -> storage.load("github")).isInstanceOf(DataKeyUnavailableException.class);
    }

    private UnverifiedToken inspected() {
        UnverifiedToken token = storage.inspect("github").orElseThrow();
        assertThat(token.toString()).doesNotContain("planted", "ENC[");
        return token;
    }

    @Test
    void whatIsInClearIsShown() throws IOException {
        save(TOKEN, CLEAR);

        assertThat(inspected()).satisfies(token -> {
            assertThat(token.location()).isEqualTo(home.file("github").toString());
            assertThat(token.tokenType()).contains("DPoP");
            assertThat(token.expiresAt()).contains(Instant.parse("2026-01-03T15:30:00Z"));
            assertThat(token.issuedAt()).isEmpty();
            assertThat(token.scope()).contains(List.of("openid", "email"));
            assertThat(token.refreshable()).isTrue();
            assertThat(token.encrypted()).isEmpty();
            assertThat(token.showsSomething()).isTrue();
        });
    }

    @Test
    void whatIsEncryptedIsNamed() throws IOException {
        save(TOKEN, "unencrypted_regex: ^expires_at$");

        assertThat(inspected()).satisfies(token -> {
            assertThat(token.encrypted()).containsExactly("token_type", "scope");
            assertThat(token.tokenType()).isEmpty();
            assertThat(token.scope()).isEmpty();
            assertThat(token.expiresAt()).isPresent();
            assertThat(token.showsSomething()).isTrue();
        });
    }

    /** Null and an empty list are never encrypted, and are no reason to speak of a token that shows nothing. */
    @Test
    void whereAllIsEncryptedNothingIsShown() throws IOException {
        save(AuthToken.builder("planted-access").build());

        assertThat(inspected()).satisfies(token -> {
            assertThat(token.encrypted()).containsExactly("token_type");
            assertThat(token.expiresAt()).isEmpty();
            assertThat(token.scope()).contains(List.of());
            assertThat(token.refreshable()).isFalse();
            assertThat(token.showsSomething()).isFalse();
        });
    }

    @Test
    void whereThereIsNoneNothingIsFound() {
        assertThat(storage.inspect("github")).isEmpty();
        assertThat(home.tokens()).doesNotExist();
        assertThatThrownBy(() -> storage.inspect("a/b")).isInstanceOf(InvalidProviderNameException.class);
        storage.close();
        assertThatThrownBy(() -> storage.inspect("github")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"access_token\": \"ENC[^\"]*\" | \"access_token\": \"planted\" | 'access_token' should be encrypted but is not",
            "\"access_token\": \"ENC[^\"]*\" | \"access_token\": 5 | 'access_token' should be encrypted but is not",
            "\"mac\": \"[^\"]*\" | \"mac\": \"\" | no message authentication code",
            "\"mac\": \"[^\"]*\" | \"mac\": \"planted\" | no message authentication code",
            "\"expires_at\": \"[^\"]*\" | \"expires_at\": \"planted\" | 'expires_at' is neither",
            "\"token_type\": | \"scope\": | 'scope' occurs twice",
            "\"scope\": \\[ | \"scope\": [{\"planted\": 1}, | 'scope' has an element that is not a string",
            "\"sops\": | \"planted\": | no sops block",
            "\\^\\(token_type | ^(((token_type | unencrypted_regex" })
    void whatCannotBeReadEvenWithoutAKeyIsDamaged(String found, String replacement, String message) throws IOException {
        save(TOKEN, CLEAR);
        String whole = Files.readString(home.file("github"));
        String damaged = whole.replaceFirst(found, replacement);
        assertThat(damaged).isNotEqualTo(whole);
        Files.delete(home.file("github"));
        Files.write(home.file("github"), damaged.getBytes(UTF_8));

        assertThatThrownBy(() -> storage.inspect("github")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("github.token.sops.json").hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
    }

    /** Whoever changes the selector, which nothing protects, does not get ciphertext shown as a value. */
    @Test
    void ciphertextIsNoValue() throws IOException {
        save(TOKEN);
        String whole = Files.readString(home.file("github"));
        Files.delete(home.file("github"));
        Files.writeString(home.file("github"),
                whole.replaceFirst("\"unencrypted_suffix\": \"_unencrypted\"", "\"encrypted_suffix\": \"never\""));

        assertThat(inspected()).satisfies(token -> {
            assertThat(token.encrypted()).containsExactly("token_type", "expires_at", "scope");
            assertThat(token.showsSomething()).isFalse();
        });
    }
}
