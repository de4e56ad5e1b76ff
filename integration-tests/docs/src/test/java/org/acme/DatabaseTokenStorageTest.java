package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;

/** The example of the page about own backends keeps what a backend owes its callers. */
@QuarkusTest
class DatabaseTokenStorageTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1").scope(List.of("openid"))
            .build();

    @Inject
    @Identifier("database")
    TokenStorage tokens;

    @Inject
    TokenTable table;

    @Test
    void keepsTokensEncrypted() {
        tokens.save("corporate", TOKEN);

        assertThat(tokens.load("corporate")).contains(TOKEN);
        assertThat(tokens.providers()).containsExactly("corporate");
        assertThat(new String(table.read("corporate").orElseThrow(), StandardCharsets.UTF_8)).contains("ENC[AES256_GCM,")
                .doesNotContain("access-1").doesNotContain("refresh-1");

        assertThat(tokens.delete("corporate")).isTrue();
        assertThat(tokens.delete("corporate")).isFalse();
        assertThat(tokens.exists("corporate")).isFalse();
        assertThat(tokens.load("corporate")).isEmpty();
    }

    @Test
    void updatesUnderTheLockOfTheRow() {
        assertThat(tokens.update("github", stored -> Optional.of(TOKEN))).contains(TOKEN);

        byte[] document = table.read("github").orElseThrow();
        tokens.update("github", stored -> stored);
        assertThat(table.read("github")).as("an equal token writes nothing").containsSame(document);

        tokens.update("github", stored -> stored.map(token -> AuthToken.builder("access-2").build()));
        assertThat(tokens.load("github").orElseThrow().accessToken()).isEqualTo("access-2");
        assertThat(tokens.update("github", stored -> Optional.empty())).isEmpty();
        assertThat(tokens.exists("github")).isFalse();
    }
}
