package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;

/** The example of the page about own backends gives the guarantees that the page names. */
@QuarkusTest
class DatabaseTokenStorageTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1").scope(List.of("openid"))
            .build();

    @Inject
    @Identifier("database")
    TokenStorage tokens;

    @Inject
    TokenTable table;

    @Inject
    StorageSettings settings;

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

    @Test
    void aTokenWhoseCommitFailsIsNotLost() {
        DatabaseTokenStorage failing = new DatabaseTokenStorage(new FailingCommit(table), settings);
        try {
            TokenStorageException update = catchThrowableOfType(TokenStorageException.class,
                    () -> failing.update("acme", stored -> Optional.of(TOKEN)));
            assertThat(update.unsavedToken()).contains(TOKEN);
            assertThat(update).hasMessage("commit failed (the new token was not stored)");

            TokenStorageException save = catchThrowableOfType(TokenStorageException.class, () -> failing.save("acme", TOKEN));
            assertThat(save.unsavedToken()).contains(TOKEN);

            TokenStorageException delete = catchThrowableOfType(TokenStorageException.class,
                    () -> failing.update("acme", stored -> Optional.empty()));
            assertThat(delete.unsavedToken()).isEmpty();
        } finally {
            failing.close();
        }
    }

    private record FailingCommit(TokenTable table) implements TokenTable {

        @Override
        public Optional<byte[]> read(String name) {
            return table.read(name);
        }

        @Override
        public Set<String> names() {
            return table.names();
        }

        @Override
        public <T> T locked(String name, Function<Row, T> action) {
            table.locked(name, row -> {
                T result = action.apply(row);
                row.delete();
                return result;
            });
            throw new StorageAccessException("commit failed");
        }
    }
}
