package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** What becomes of a token when something below fails in a way that nobody has foreseen. */
class DocumentTokenStorageTest {

    private static final String PLANTED = "planted-secret";
    private static final AuthToken TOKEN = AuthToken.builder("access").refreshToken("refresh").build();

    @TempDir
    Path directory;

    /** Where a codec of a broken library fails. */
    private record Broken(boolean beforehand, RuntimeException failure) implements TokenCodec {

        @Override
        public Optional<AuthToken> decodeAtHand(StoredDocument document) {
            return Optional.empty();
        }

        @Override
        public void requireConfigured(Path target) {
            // it is
        }

        @Override
        public void requireSavable(Path target) {
            // nothing is told beforehand
        }

        @Override
        public AuthToken decode(StoredDocument document) {
            throw failure;
        }

        @Override
        public PreparedEncoding prepare(Path target, Optional<StoredDocument> replaced) {
            if (beforehand) {
                throw failure;
            }
            return new PreparedEncoding() {
                @Override
                public void requireFitForAnyToken() {
                    // It is, as far as is known
                }

                @Override
                public byte[] encode(AuthToken token) {
                    throw failure;
                }

                @Override
                public void close() {
                    // Nothing is held
                }
            };
        }

        @Override
        public void close() {
            // Nothing is held
        }
    }

    private DocumentTokenStorage storage(boolean beforehand, RuntimeException failure) {
        return new DocumentTokenStorage(new DirectoryStore(directory, DocumentNames.SOPS, Duration.ZERO),
                new Broken(beforehand, failure));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aSaveHandsTheTokenBackWhateverFails(boolean beforehand) {
        assertHandedBack(() -> storage(beforehand, new IllegalStateException(PLANTED)).save("github", TOKEN),
                IllegalStateException.class);
        assertHandedBack(() -> storage(beforehand, new NullPointerException(PLANTED)).save("github", TOKEN),
                NullPointerException.class);
    }

    @Test
    void anUpdateHandsTheNewTokenBackWhateverFails() {
        assertHandedBack(() -> storage(false, new UnsupportedOperationException(PLANTED)).update("github",
                current -> Optional.of(TOKEN)), UnsupportedOperationException.class);
    }

    @Test
    void whatTheCallersFunctionThrowsStaysAsItIs() {
        IllegalStateException theirs = new IllegalStateException("theirs");
        assertThatThrownBy(() -> storage(false, new NullPointerException()).update("github", current -> {
            throw theirs;
        })).isSameAs(theirs);
    }

    private static void assertHandedBack(Runnable write, Class<? extends RuntimeException> failure) {
        assertThatThrownBy(write::run).isInstanceOfSatisfying(TokenStorageException.class, thrown -> {
            assertThat(thrown).hasMessage("The new token could not be encrypted or written (" + failure.getName()
                    + ") (the new token was not stored)").hasNoCause();
            assertThat(thrown.getStackTrace()[0].getClassName()).as("where it happened")
                    .isEqualTo(DocumentTokenStorageTest.class.getName());
            assertThat(thrown.unsavedToken()).contains(TOKEN);
        });
    }
}
