package io.quarkiverse.tokenstorage.devui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What becomes of a token that changes between a person's look at it and the person's decision. */
@Timeout(60)
class TokenChangesTest {

    private static final String RESPONSE = "{\"access_token\": \"at-pasted\"}";
    private static final String CHANGED = "The token of p has changed meanwhile, so nothing was changed: look at it, then try again";

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = { "sops", "file", "memory", "vault" })
    void onlyTheTokenThatWasSeenIsRemovedOrReplaced(String backend) {
        StorageSettings settings = settings(backend);
        TokenStorage storage = storage(backend, settings);
        try (TokenDesk desk = new TokenDesk(settings, storage, OwnStorages.NONE, clock)) {
            storage.save("p", token("at-1"));
            String seen = entry(desk).version();
            // Of the same size, and by then the same times
            storage.save("p", token("at-2"));

            assertThat(desk.delete("p", seen)).isEqualTo(new Outcome(false, CHANGED));
            assertThat(desk.importToken("p", RESPONSE, seen)).isEqualTo(new Outcome(false, CHANGED));
            assertThat(desk.importToken("p", RESPONSE, null)).isEqualTo(new Outcome(false,
                    "A token of p was stored meanwhile, so nothing was changed: look at it, then try again"));
            assertThat(storage.load("p")).contains(token("at-2"));

            assertThat(desk.importToken("p", RESPONSE, entry(desk).version()).done()).isTrue();
            assertThat(storage.load("p").orElseThrow().accessToken()).isEqualTo("at-pasted");
            String imported = entry(desk).version();
            assertThat(desk.delete("p", imported)).isEqualTo(new Outcome(true, "Removed the token of p"));
            assertThat(storage.load("p")).isEmpty();
            assertThat(desk.delete("p", imported)).isEqualTo(new Outcome(false, "There was no token of p any more"));
            assertThat(desk.importToken("p", RESPONSE, imported).done()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sops", "file", "memory" })
    void aTokenThatIsBeingRefreshedIsNotLostEither(String backend) throws Exception {
        StorageSettings settings = settings(backend);
        TokenStorage storage = storage(backend, settings);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TokenDesk desk = new TokenDesk(settings, storage, OwnStorages.NONE, clock)) {
            storage.save("p", token("at-1"));
            String seen = entry(desk).version();
            CountDownLatch refreshing = new CountDownLatch(1);
            CountDownLatch refreshed = new CountDownLatch(1);
            Future<?> refresh = threads.submit(() -> storage.update("p", current -> {
                refreshing.countDown();
                await(refreshed);
                return Optional.of(token("at-2"));
            }));
            refreshing.await();
            Future<Outcome> deletion = threads.submit(() -> desk.delete("p", seen));
            Future<Outcome> replacement = threads.submit(() -> desk.importToken("p", RESPONSE, seen));
            while (waiting() < 2) {
                assertThat(deletion.isDone() || replacement.isDone()).isFalse();
                Thread.onSpinWait();
            }
            refreshed.countDown();
            refresh.get();
            assertThat(deletion.get()).isEqualTo(new Outcome(false, CHANGED));
            assertThat(replacement.get()).isEqualTo(new Outcome(false, CHANGED));
            assertThat(storage.load("p")).contains(token("at-2"));
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many threads of the desk wait for a lock. */
    private static long waiting() {
        return Thread.getAllStackTraces().entrySet().stream().filter(thread -> Set.of(Thread.State.TIMED_WAITING)
                .contains(thread.getKey().getState())
                && List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().equals(TokenChanges.class.getName())))
                .count();
    }

    @Test
    void whatCannotBeReadIsRemovedAndReplacedToo() throws IOException {
        StorageSettings settings = settings("sops");
        TokenStorage storage = storage("sops", settings);
        try (TokenDesk desk = new TokenDesk(settings, storage, OwnStorages.NONE, clock)) {
            Path file = settings.sopsDirectory().resolve("p.token.sops.json");
            for (int i = 0; i < 2; i++) {
                storage.save("p", token("at-1"));
                Files.delete(file);
                Files.writeString(file, "damaged");
                TokenEntry damaged = entry(desk);
                assertThat(damaged.state()).isEqualTo(State.DAMAGED);
                Files.writeString(file, "damaged in another way");
                assertThat(desk.delete("p", damaged.version()).message()).isEqualTo(CHANGED);
                assertThat(desk.importToken("p", RESPONSE, damaged.version()).message()).isEqualTo(CHANGED);
                assertThat(file).hasContent("damaged in another way");
                String seen = entry(desk).version();
                assertThat((i == 0 ? desk.delete("p", seen) : desk.importToken("p", RESPONSE, seen)).done()).isTrue();
                assertThat(storage.load("p").isPresent()).isEqualTo(i == 1);
            }
        }
    }

    @Test
    void aStorageOfTheApplicationThatCannotReadATokenMayStillRemoveAndReplaceIt() {
        CountingStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Optional<AuthToken> load(String provider) {
                throw new IllegalStateException("at-planted");
            }
        };
        storage.save("p", token("at-1"));
        try (TokenDesk desk = new TokenDesk(settings("vault"), storage, OwnStorages.NONE, clock)) {
            assertThat(entry(desk).version()).isEmpty();
            assertThat(desk.importToken("p", RESPONSE, "").done()).isTrue();
            assertThat(desk.delete("p", "").done()).isTrue();
            assertThat(storage.exists("p")).isFalse();
        }
    }

    @Test
    void aTokenThatNothingElseTellsFromTheOneBeforeIsAnotherEntry() {
        StorageSettings settings = settings("memory");
        TokenStorage storage = TokenStorages.memory();
        try (TokenDesk desk = new TokenDesk(settings, storage, OwnStorages.NONE, clock)) {
            storage.save("p", token("at-1"));
            TokenList before = desk.list(-1);
            clock.now = clock.now.plusSeconds(1);
            assertThat(desk.list(before.revision()).entries()).isNull();

            storage.save("p", token("at-2"));
            clock.now = clock.now.plusSeconds(1);
            TokenList after = desk.list(before.revision());
            assertThat(after.revision()).isGreaterThan(before.revision());
            assertThat(after.entries().get(0).version()).isNotEqualTo(before.entries().get(0).version());
            assertThat(after.toString()).doesNotContain("at-");
        }
        TokenFingerprint one = new TokenFingerprint(new SecureRandom());
        assertThat(one.of(token("at-1"))).matches("[0-9a-f]{32}").isEqualTo(one.of(token("at-1")))
                .isNotEqualTo(new TokenFingerprint(new SecureRandom()).of(token("at-1")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static AuthToken token(String accessToken) {
        return AuthToken.builder(accessToken).scope(List.of("a")).build();
    }

    /** A slow machine may need more than one question, and a storage of the application is not asked all the time. */
    private TokenEntry entry(TokenDesk desk) {
        clock.now = clock.now.plusSeconds(6);
        TokenList list = desk.list(-1);
        while (list.entries().get(0).state() == State.READING) {
            list = desk.list(-1);
        }
        assertThat(list.entries()).singleElement();
        return list.entries().get(0);
    }

    private static TokenStorage storage(String backend, StorageSettings settings) {
        return switch (backend) {
            case "sops" -> TokenStorages.sops(settings.sopsDirectory(), settings.options());
            case "file" -> TokenStorages.file(settings.fileDirectory(), settings.options());
            default -> TokenStorages.memory();
        };
    }

    private StorageSettings settings(String backend) {
        Path keys = home.resolve("keys.txt");
        String recipient = AgeIdentityFile.create(keys, new JdkX25519(), new SecureRandom(), clock);
        return new StorageSettings(backend, Map.of(), Optional.empty(),
                new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of(recipient), Optional.of(keys.toString()), Optional.empty(), Optional.empty(), Optional.empty()),
                new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(), OperatingSystem.LINUX));
    }
}
