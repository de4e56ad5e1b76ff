package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorage;

/** An observer that throws costs nothing but its figures. */
@Timeout(60)
class ObserverGuardTest {

    private static final AuthToken TOKEN = AuthToken.builder("planted-access").refreshToken("planted-refresh").build();

    @TempDir
    Path directory;

    private record Throwing(boolean error) implements StorageObserver {

        @Override
        public void ended(Operation operation, Outcome outcome, long nanos) {
            fail();
        }

        @Override
        public void failed(Operation operation, Cause cause, long nanos) {
            fail();
        }

        @Override
        public void awaited(boolean taken, long nanos) {
            fail();
        }

        private void fail() {
            if (error) {
                throw new NoClassDefFoundError("quoted");
            }
            throw new IllegalStateException("quoted");
        }
    }

    private TokenStorage open(String backend, boolean error) {
        StorageObserver observer = new Throwing(error);
        StorageOptions options = StorageOptions.defaults().withLockTimeout(Duration.ofMillis(50)).withLockObserver(observer);
        return new ObservedTokenStorage<>(backend.equals("memory")
                ? TokenStorages.memory(Duration.ofMillis(50), observer)
                : TokenStorages.file(directory.resolve("tokens"), options), observer);
    }

    @ParameterizedTest
    @ValueSource(strings = { "memory", "file" })
    void whatIsDoneIsDoneAndLocksAreReleased(String backend) throws Exception {
        for (boolean error : new boolean[] { false, true }) {
            TokenStorage storage = open(backend, error);
            storage.save("github", TOKEN);
            assertThat(storage.load("github")).contains(TOKEN);
            assertThat(storage.exists("github")).isTrue();
            assertThat(storage.providers()).containsExactly("github");

            ExecutorService another = Executors.newSingleThreadExecutor();
            try {
                Future<Optional<AuthToken>> update = another.submit(() -> storage.update("github", token -> token));
                assertThat(update.get(20, TimeUnit.SECONDS)).contains(TOKEN);
            } finally {
                another.shutdown();
            }
            assertThat(storage.delete("github")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "memory", "file" })
    void aFailureKeepsTheTokenThatItCarries(String backend) throws Exception {
        for (boolean error : new boolean[] { false, true }) {
            TokenStorage storage = open(backend, error);
            ExecutorService another = Executors.newSingleThreadExecutor();
            try {
                storage.update("github", none -> {
                    Future<?> save = another.submit(() -> assertThatThrownBy(() -> storage.save("github", TOKEN))
                            .isInstanceOfSatisfying(LockTimeoutException.class,
                                    e -> assertThat(e.unsavedToken()).contains(TOKEN)));
                    assertThat(save).succeedsWithin(Duration.ofSeconds(20));
                    return none;
                });
            } finally {
                another.shutdown();
            }
        }
    }

    @Test
    void aFailureOfTheStorageIsPassedOn() throws Exception {
        Files.writeString(directory.resolve("tokens"), "");
        TokenStorage storage = open("file", false);

        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageAccessException.class);
        assertThatThrownBy(() -> storage.load("github")).isInstanceOf(StorageAccessException.class);
        assertThatThrownBy(storage::providers).isInstanceOf(StorageAccessException.class);
    }

    @Test
    void itIsLoggedOnceAndNotQuoted() {
        try (LogCapture log = new LogCapture(ObserverGuard.class)) {
            TokenStorage storage = TokenStorages.memory(Duration.ofSeconds(1), new Throwing(false));
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);

            assertThat(log.lines()).singleElement().asString().contains("IllegalStateException").doesNotContain("quoted");
        }
    }
}
