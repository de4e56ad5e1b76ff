package io.quarkiverse.tokenstorage.devui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What the list does with tokens and storages that are slow, ask people, or fail. */
@Timeout(60)
class TokenListTest {

    private static final AuthToken TOKEN = AuthToken.builder("at-planted").scope(List.of("a")).build();

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();

    @Test
    void noProgramIsRunBeforeSomebodyOpensTheTokenOrWantsAllReadAgain() throws IOException {
        StorageSettings settings = settings("sops", Map.of(), Map.of(), program("cat > /dev/null\ncat " + plainToken() + "\n"));
        try (var storage = encrypted(settings); TokenDesk desk = desk(settings, storage, OwnStorages.NONE)) {
            assertThat(desk.count()).isEqualTo(1);
            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.NOT_TRIED);
                assertThat(entry.cause()).isEqualTo("Not opened yet, for that takes the sops program");
                assertThat(entry.encryption().recipients()).hasSize(1);
            });
            assertThat(home.resolve("runs")).doesNotExist();
            assertThat(home.resolve("asked")).doesNotExist();

            assertThat(desk.details("p")).satisfies(details -> {
                assertThat(details.problem()).isNull();
                assertThat(details.parts()).hasSize(1);
            });
            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.READABLE);
                assertThat(entry.scopes()).containsExactly("a");
                assertThat(entry.encryption().recipients()).hasSize(1);
            });
            assertThat(home.resolve("runs")).hasContent("run");

            desk.refresh();
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE);
            assertThat(home.resolve("runs")).hasContent("run\nrun");
        }
    }

    @Test
    void aProgramThatPrintsIdentitiesIsNotRunEither() throws IOException {
        Path program = program("grep AGE-SECRET " + home.resolve("keys.txt") + "\n");
        StorageSettings settings = settings("sops", Map.of(), Map.of("SOPS_AGE_KEY_CMD", program.toString()), null);
        try (var storage = encrypted(settings); TokenDesk desk = desk(settings, storage, OwnStorages.NONE)) {
            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.NOT_TRIED);
                assertThat(entry.cause()).contains("a program that prints identities");
            });
            assertThat(home.resolve("runs")).doesNotExist();
            assertThat(desk.reveal("p", "access_token").token()).isEqualTo("at-planted");
            assertThat(home.resolve("runs")).exists();
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE);
        }
    }

    @Test
    void ofADirectoryThatIsRefusedTheFilesAreShownWithTheReason() throws IOException {
        StorageSettings settings = settings("file", Map.of("p", "memory"), Map.of(), null);
        Files.createDirectories(settings.fileDirectory());
        for (String name : List.of("refused.token.json", "p.token.json", "other.token.sops.json")) {
            Files.writeString(settings.fileDirectory().resolve(name), "{}");
        }
        Files.createDirectory(settings.fileDirectory().resolve("directory.token.json"));
        CountingStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Set<String> providers() {
                throw new StorageAccessException("belongs to somebody");
            }
        };
        try (TokenDesk desk = desk(settings, storage, OwnStorages.NONE)) {
            TokenList list = list(desk);
            assertThat(list.problem()).isEqualTo("belongs to somebody");
            Map<String, String> states = new HashMap<>();
            list.entries()
                    .forEach(entry -> states.merge(entry.provider(), entry.state() + ": " + entry.cause(), String::concat));
            assertThat(states).containsEntry("refused", "INACCESSIBLE: belongs to somebody")
                    .containsEntry("directory", "UNUSED: It is a directory, not a file: no token is in it");
            assertThat(states.get("p")).startsWith("ABSENT: nullUNUSED: The application keeps");
            assertThat(states.get("other")).startsWith("UNUSED: The application keeps");
        }
    }

    @Test
    void whateverAStorageThrowsHidesNoOtherEntryAndMayBeMended() {
        boolean[] broken = { true };
        CountingStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Optional<AuthToken> load(String provider) {
                if (broken[0] && provider.equals("bad")) {
                    throw new AssertionError("at-planted");
                }
                return super.load(provider);
            }
        };
        storage.save("bad", TOKEN);
        storage.save("good", TOKEN);
        try (TokenDesk desk = desk(settings("vault", Map.of(), Map.of(), null), storage, OwnStorages.NONE)) {
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.INACCESSIBLE, State.READABLE);
            assertThat(list(desk).entries().get(0).cause()).contains("java.lang.AssertionError").doesNotContain("planted");
            broken[0] = false;
            clock.now = clock.now.plusSeconds(6);
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE, State.READABLE);
        }
    }

    @Test
    void aBackendOfTheApplicationMayHaveTheNameOfABuiltInOne() {
        CountingStorage storage = new CountingStorage(TokenStorages.memory());
        storage.save("a", TOKEN);
        storage.save("b", TOKEN);
        OwnStorages own = new OwnStorages(Optional.empty(), Set.of("sops", "memory"));
        try (TokenDesk desk = desk(settings("sops", Map.of("b", "memory"), Map.of(), null), storage, own)) {
            for (int i = 0; i < 5; i++) {
                assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE, State.READABLE);
            }
            assertThat(desk.details("a").parts()).hasSize(1);
            assertThat(storage.loads).isEqualTo(3);
            assertThat(list(desk).directories()).isEmpty();
        }
    }

    @Test
    void aSlowStorageHoldsUpNoOtherAndWhatWasKnownStaysWhileAllIsReadAgain() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        CountingStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Optional<AuthToken> load(String provider) {
                if (provider.equals("slow")) {
                    await(answered);
                }
                return super.load(provider);
            }
        };
        storage.save("slow", TOKEN);
        storage.save("quick", TOKEN);
        try (TokenDesk desk = desk(settings("vault", Map.of("quick", "memory"), Map.of(), null), storage, OwnStorages.NONE)) {
            assertThat(desk.list(-1).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE, State.READING);
            answered.countDown();
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE, State.READABLE);
            desk.refresh();
            assertThat(list(desk).entries()).extracting(TokenEntry::state).containsExactly(State.READABLE, State.READABLE);
        } finally {
            answered.countDown();
        }
    }

    @Test
    void whileAStorageIsAskedForItsProvidersOthersGetTheListBefore() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CountingStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Set<String> providers() {
                if (listings > 0) {
                    asked.countDown();
                    await(answered);
                }
                return super.providers();
            }
        };
        storage.save("a", TOKEN);
        try (TokenDesk desk = desk(settings("vault", Map.of(), Map.of(), null), storage, OwnStorages.NONE)) {
            TokenList before = list(desk);
            clock.now = clock.now.plusSeconds(6);
            Thread first = new Thread(() -> desk.list(-1));
            first.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(desk.list(-1).entries()).isEqualTo(before.entries());
            assertThat(desk.count()).isEqualTo(1);
            answered.countDown();
            first.join();
        } finally {
            answered.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A slow machine may need more than one question. */
    private static TokenList list(TokenDesk desk) {
        TokenList list = desk.list(-1);
        while (list.entries().stream().anyMatch(entry -> entry.state() == State.READING)) {
            list = desk.list(-1);
        }
        return list;
    }

    private TokenDesk desk(StorageSettings settings, TokenStorage storage, OwnStorages own) {
        return new TokenDesk(settings, storage, own, clock);
    }

    /** Has a token of the provider p, encrypted for the identity in keys.txt. */
    private SopsTokenStorage encrypted(StorageSettings settings) {
        Path keys = home.resolve("keys.txt");
        String recipient = AgeIdentityFile.create(keys, new JdkX25519(), new SecureRandom(), clock);
        StorageSettings builtIn = new StorageSettings("sops", Map.of(), Optional.empty(),
                new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of(recipient), Optional.of(keys.toString()), Optional.empty(), Optional.empty(), Optional.empty()),
                environment(Map.of()));
        var storage = TokenStorages.sops(settings.sopsDirectory(), builtIn.options());
        storage.save("p", TOKEN);
        return storage;
    }

    private Path plainToken() {
        Path directory = home.resolve("plain");
        try (var plain = TokenStorages.file(directory)) {
            plain.save("p", TOKEN);
        }
        return directory.resolve("p.token.json");
    }

    /** Leaves a line each time it is run. */
    private Path program(String command) throws IOException {
        Path program = home.resolve("program");
        Files.writeString(program, "#!/bin/sh\n[ \"$1\" = --version ] && echo sops 3.13.2 && touch " + home.resolve("asked")
                + " && exit\necho run >> " + home.resolve("runs") + "\n" + command);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private StorageSettings settings(String backend, Map<String, String> providers, Map<String, String> variables,
            Path executable) {
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(),
                Optional.ofNullable(executable).map(program -> "executable"),
                Optional.ofNullable(executable).map(Path::toString));
        return new StorageSettings(backend, providers, Optional.empty(), texts, environment(variables));
    }

    private HostEnvironment environment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("HOME", home.toString());
        all.put("PATH", "/usr/bin:/bin");
        return new HostEnvironment(all, home, home.toString(), OperatingSystem.LINUX);
    }
}
