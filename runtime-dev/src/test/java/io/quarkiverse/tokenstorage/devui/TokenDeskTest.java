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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

class TokenDeskTest {

    private static final AuthToken TOKEN = AuthToken.builder("at-planted").refreshToken("rt-planted").scope(List.of("a"))
            .build();

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();

    @Test
    void anUnchangedFileIsNotOpenedAgainUntilSomebodyAsksForThat() throws IOException {
        Path keys = home.resolve("keys.txt");
        StorageSettings settings = sops(keys, AgeIdentityFile.create(keys, new JdkX25519(), new SecureRandom(), clock));
        try (var storage = TokenStorages.sops(settings.sopsDirectory(), settings.options());
                TokenDesk desk = desk(settings, storage)) {
            storage.save("corp.example", TOKEN);
            TokenList first = list(desk);
            assertThat(first.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.READABLE);
                assertThat(entry.file().mode()).isEqualTo("0400");
            });

            Files.delete(keys);
            assertThat(desk.list(first.revision()).entries()).isNull();
            desk.refresh();
            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.NO_KEY);
                assertThat(entry.cause()).contains("corp.example.token.sops.json");
                assertThat(entry.encryption().recipients()).hasSize(1);
            });
            assertThat(desk.details("corp.example").problem()).contains("corp.example.token.sops.json");
            assertThat(desk.reveal("corp.example", "access_token").token()).isNull();
            assertThat(desk.delete("corp.example", version(desk, "corp.example")).done()).isTrue();
            assertThat(list(desk).entries()).isEmpty();
        }
    }

    /** As it stays behind when key groups are merged: in a file of one group it means nothing. */
    @Test
    void aThresholdThatIsLeftOverIsNoDifferenceFromTheRule() throws IOException {
        Path keys = home.resolve("keys.txt");
        StorageSettings settings = sops(keys, AgeIdentityFile.create(keys, new JdkX25519(), new SecureRandom(), clock));
        try (var storage = TokenStorages.sops(settings.sopsDirectory(), settings.options());
                TokenDesk desk = desk(settings, storage)) {
            storage.save("p", TOKEN);
            Path file = settings.sopsDirectory().resolve("p.token.sops.json");
            String content = Files.readString(file);
            Files.delete(file);
            Files.writeString(file, content.replace("\"lastmodified\"", "\"shamir_threshold\": 2, \"lastmodified\""));

            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.READABLE);
                assertThat(entry.encryption().sameKeys()).isTrue();
            });
        }
    }

    @Test
    void storagesOfTheApplicationAreAskedEveryFewSecondsOnly() {
        CountingStorage storage = new CountingStorage(TokenStorages.memory());
        storage.save("a", TOKEN);
        try (TokenDesk desk = desk(settings("vault", Map.of()), storage)) {
            for (int i = 0; i < 10; i++) {
                List<TokenEntry> entries = list(desk).entries();
                assertThat(entries).singleElement().isEqualTo(
                        new TokenEntry("a", "vault", null, entries.get(0).version(), State.READABLE, null, null, null, false,
                                "Bearer", null,
                                null, true, List.of("a"), null));
            }
            assertThat(storage.loads).isEqualTo(1);
            assertThat(storage.listings).isEqualTo(1);

            assertThat(desk.count()).isEqualTo(1);
            assertThat(desk.importToken("c", "{\"access_token\": \"at-planted\"}", null).done()).isTrue();
            assertThat(list(desk).entries()).extracting(TokenEntry::provider).containsExactly("a", "c");
            assertThat(desk.delete("c", version(desk, "c")).done()).isTrue();
            assertThat(list(desk).entries()).extracting(TokenEntry::provider).containsExactly("a");

            storage.save("b", TOKEN);
            clock.now = clock.now.plusSeconds(6);
            assertThat(list(desk).entries()).extracting(TokenEntry::provider).containsExactly("a", "b");
        }
    }

    @Test
    void aStorageThatFailsIsNamedWithoutItsWordsAndHidesNoOther() {
        TokenStorage memory = TokenStorages.memory();
        memory.save("p", TOKEN);
        TokenStorage broken = new CountingStorage(memory) {
            @Override
            public Set<String> providers() {
                throw new IllegalStateException("at-planted");
            }

            @Override
            public Optional<AuthToken> load(String provider) {
                throw new IllegalStateException("at-planted");
            }
        };
        try (TokenDesk desk = new TokenDesk(settings("vault", Map.of("p", "memory")), broken,
                new OwnStorages(Optional.of("MyStorage"), Set.of()), clock)) {
            TokenList list = list(desk);
            assertThat(list.problem()).contains("IllegalStateException").doesNotContain("planted");
            assertThat(list.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.backend()).isEqualTo("MyStorage");
                assertThat(entry.state()).isEqualTo(State.INACCESSIBLE);
                assertThat(entry.cause()).contains("IllegalStateException").doesNotContain("planted");
            });
            assertThat(desk.details("p").problem()).doesNotContain("planted");
            assertThat(desk.reveal("p", "access_token").problem()).doesNotContain("planted");
            assertThat(desk.diagnose()).satisfies(diagnosis -> {
                assertThat(diagnosis.verdict()).isEqualTo("FAILURES");
                assertThat(diagnosis.toString()).contains("java.lang.IllegalStateException").doesNotContain("planted");
            });
        }
    }

    @Test
    void plainFilesAreShownToo() {
        StorageSettings settings = settings("file", Map.of());
        try (var storage = TokenStorages.file(settings.fileDirectory(), settings.options());
                TokenDesk desk = desk(settings, storage)) {
            assertThat(
                    desk.importToken("my_lab-1.2", "\n {\"access_token\": \"at-planted\", \"expires_in\": 60} ", null).done())
                    .isTrue();
            assertThat(list(desk).entries()).singleElement().satisfies(entry -> {
                assertThat(entry.file().name()).isEqualTo("my_lab-1.2.token.json");
                assertThat(entry.file().mode()).isEqualTo("0600");
                assertThat(entry.encryption()).isNull();
                assertThat(entry.expiresAt()).isEqualTo(clock.now.plusSeconds(60).toEpochMilli());
            });
            assertThat(desk.diagnose().findings()).extracting(Diagnosis.Item::check).contains("Stored tokens readable");
        }
    }

    @Test
    void aSettingThatCannotBeUnderstoodIsSaid() {
        StorageSettings settings = new StorageSettings("sops", Map.of(), Optional.of("github"),
                new StorageSettings.Texts(Optional.empty(), Optional.of("~nobody/x"), Optional.empty(), Optional.empty(),
                        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                environment());
        TokenStorage storage = new CountingStorage(TokenStorages.memory()) {
            @Override
            public Set<String> providers() {
                settings.sopsDirectory();
                return Set.of();
            }
        };
        try (TokenDesk desk = desk(settings, storage)) {
            TokenList list = list(desk);
            assertThat(list.problem()).startsWith("auth.storage.sops.directory: ");
            assertThat(list.entries()).extracting(TokenEntry::state).containsExactly(State.ABSENT);
            assertThat(desk.diagnose().verdict()).isEqualTo("NOT_CONFIGURED");
            assertThat(desk.details("github").problem()).startsWith("auth.storage.sops.directory: ");
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

    private static String version(TokenDesk desk, String provider) {
        return list(desk).entries().stream().filter(entry -> entry.provider().equals(provider)).findFirst().orElseThrow()
                .version();
    }

    private TokenDesk desk(StorageSettings settings, TokenStorage storage) {
        return new TokenDesk(settings, storage, OwnStorages.NONE, clock);
    }

    private StorageSettings sops(Path keys, String recipient) {
        return new StorageSettings("sops", Map.of(), Optional.empty(),
                new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of(recipient), Optional.of(keys.toString()), Optional.empty(), Optional.empty(), Optional.empty()),
                environment());
    }

    private StorageSettings settings(String backend, Map<String, String> providers) {
        return new StorageSettings(backend, providers, Optional.empty(), StorageSettings.Texts.NONE, environment());
    }

    private HostEnvironment environment() {
        return new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(), OperatingSystem.LINUX);
    }
}
