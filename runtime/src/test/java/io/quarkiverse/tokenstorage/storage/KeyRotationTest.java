package io.quarkiverse.tokenstorage.storage;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER_IDENTITY;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyDifference.Group;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyGroup;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.LockedDocument;

class KeyRotationTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1")
            .expiresAt(Instant.parse("2026-01-03T15:30:00Z")).scope(List.of("openid"))
            .metadata(Map.of("session_state", "s-1", "ratio", 1.5)).build();

    /** Both operations, where they answer the same. */
    enum Operation {

        ROTATE(KeyRotation::rotate, KeyRotation::previewRotate),
        UPDATE_KEYS(KeyRotation::updateKeys, KeyRotation::previewUpdateKeys);

        final BiFunction<KeyRotation, String, Optional<KeyChange>> change;
        final BiFunction<KeyRotation, String, Optional<KeyChange>> preview;

        Operation(BiFunction<KeyRotation, String, Optional<KeyChange>> change,
                BiFunction<KeyRotation, String, Optional<KeyChange>> preview) {
            this.change = change;
            this.preview = preview;
        }
    }

    @TempDir
    Path directory;
    private SopsHome home;
    private SopsTokenStorage storage;

    @BeforeEach
    void saveOne() {
        home = SopsHome.make(directory);
        storage = home.open();
        storage.save("github", TOKEN);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private String content() throws IOException {
        return Files.readString(home.file("github"));
    }

    private SopsDocument document() throws IOException {
        return SopsDocument.parse(Files.readAllBytes(home.file("github")), "github");
    }

    private void replace(String content) throws IOException {
        Files.delete(home.file("github"));
        Files.writeString(home.file("github"), content);
    }

    private static List<String> recipients(SopsDocument document) {
        return document.metadata().keyGroups().stream().map(KeyGroup::entries).flatMap(List::stream).map(KeyEntry::identity)
                .toList();
    }

    @Test
    void rotatingEncryptsTheSameTokenWithANewKey() throws IOException {
        SopsDocument before = document();
        KeyChange change = storage.rotate("github").orElseThrow();
        SopsDocument after = document();

        assertThat(change.location()).isEqualTo(home.file("github").toString());
        assertThat(change.changed()).isTrue();
        assertThat(change.rule()).isEqualTo(home.rulesFile() + ", rule 1");
        assertThat(change.keys().groups()).containsExactly(new Group(List.of(OWN), List.of(), List.of()));
        assertThat(after.tree().get("access_token")).isNotEqualTo(before.tree().get("access_token"));
        assertThat(after.metadata().mac()).isNotEqualTo(before.metadata().mac());
        assertThat(after.metadata().keyGroups()).isNotEqualTo(before.metadata().keyGroups());
        assertThat(mode(home.file("github"))).isEqualTo("r--------");
        assertThat(storage.load("github")).contains(TOKEN);
        try (SopsTokenStorage another = home.open()) {
            assertThat(another.load("github")).contains(TOKEN);
        }
    }

    @Test
    void rotatingFollowsTodaysRuleInEverything() throws IOException {
        home.rule("age: " + OTHER + "," + OWN, "unencrypted_regex: ^(scope|expires_at)$", "mac_only_encrypted: true");
        KeyChange change = storage.rotate("github").orElseThrow();

        assertThat(change.keys().groups()).containsExactly(new Group(List.of(OWN), List.of(OTHER), List.of()));
        assertThat(recipients(document())).containsExactly(OTHER, OWN);
        assertThat(document().metadata().macOnlyEncrypted()).isTrue();
        assertThat(content()).contains("\"expires_at\": \"2026-01-03T15:30:00Z\"").doesNotContain("access-1", "s-1");
        home.identity(OTHER_IDENTITY);
        try (SopsTokenStorage another = home.open()) {
            assertThat(another.load("github")).contains(TOKEN);
        }
    }

    @Test
    void theTimeOfTheLastEncryptionIsThatBeforeTheRotation() {
        Clock later = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
        try (SopsTokenStorage inFuture = TokenStorages.sops(home.tokens(), home.options().withClock(later))) {
            assertThat(inFuture.rotate("github").orElseThrow().lastModified()).isBefore(later.instant());
            assertThat(inFuture.previewRotate("github").orElseThrow().lastModified()).isEqualTo(later.instant());
            assertThat(inFuture.updateKeys("github").orElseThrow().lastModified()).isEqualTo(later.instant());
        }
    }

    @Test
    void updatingKeysChangesNothingButTheWrappedKey() throws IOException {
        SopsDocument before = document();
        home.rule("age: " + OTHER + "," + OWN, "unencrypted_regex: ^scope$");
        KeyChange change = storage.updateKeys("github").orElseThrow();
        SopsDocument after = document();

        assertThat(change.changed()).isTrue();
        assertThat(change.keys().groups()).containsExactly(new Group(List.of(OWN), List.of(OTHER), List.of()));
        assertThat(recipients(after)).containsExactly(OTHER, OWN);
        assertThat(after.tree()).isEqualTo(before.tree());
        assertThat(after.metadata()).usingRecursiveComparison().ignoringFields("keyGroups").isEqualTo(before.metadata());
        assertThat(mode(home.file("github"))).isEqualTo("r--------");
        for (String identity : List.of(SopsHome.OWN_IDENTITY, OTHER_IDENTITY)) {
            home.identity(identity);
            try (SopsTokenStorage another = home.open()) {
                assertThat(another.load("github")).contains(TOKEN);
            }
        }
    }

    @Test
    void whatIsUpToDateIsNotTouched() throws IOException {
        home.rule("age: " + OTHER + "," + OWN);
        storage.updateKeys("github");
        byte[] updated = Files.readAllBytes(home.file("github"));
        Object file = Files.getAttribute(home.file("github"), "unix:ino");
        home.rule("age: " + OWN + "," + OTHER);

        assertThat(storage.updateKeys("github").orElseThrow().changed()).isFalse();
        assertThat(storage.previewUpdateKeys("github").orElseThrow().changed()).isFalse();
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(updated);
        assertThat(Files.getAttribute(home.file("github"), "unix:ino")).isEqualTo(file);
    }

    @Test
    void aRemovedRecipientReadsNoMore() throws IOException {
        home.rule("age: " + OWN + "," + OTHER);
        storage.save("github", TOKEN);
        home.rule("age: " + OWN);

        assertThat(storage.updateKeys("github").orElseThrow().keys().groups())
                .containsExactly(new Group(List.of(OWN), List.of(), List.of(OTHER)));
        home.identity(OTHER_IDENTITY);
        try (SopsTokenStorage another = home.open()) {
            assertThatThrownBy(() -> another.load("github")).isInstanceOf(DataKeyUnavailableException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPreviewTellsTheSameAndWritesNothing(Operation operation) throws IOException {
        home.rule("age: " + OTHER + "," + OWN);
        byte[] before = Files.readAllBytes(home.file("github"));
        List<String> files = files();
        KeyChange preview = operation.preview.apply(storage, "github").orElseThrow();

        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        assertThat(files()).isEqualTo(files);
        assertThat(operation.change.apply(storage, "github")).contains(preview);
        assertThat(operation.preview.apply(storage, "nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingIsStoredNothingIsMade(Operation operation) {
        Path empty = directory.resolve("empty");
        try (SopsTokenStorage none = TokenStorages.sops(empty, home.options())) {
            assertThat(none.providers()).isEmpty();
            assertThat(operation.change.apply(none, "github")).isEmpty();
            assertThat(operation.preview.apply(none, "github")).isEmpty();
        }
        assertThat(empty).doesNotExist();
        assertThat(operation.change.apply(storage, "nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theLegacyNameBecomesTheCurrentOne(Operation operation) throws IOException {
        Path legacy = home.tokens().resolve("github.sops.json");
        Files.move(home.file("github"), legacy);
        home.rule("age: " + OTHER + "," + OWN);

        assertThat(operation.change.apply(storage, "github").orElseThrow().location()).isEqualTo(legacy.toString());
        assertThat(legacy).doesNotExist();
        assertThat(home.file("github")).exists();
        assertThat(storage.load("github")).contains(TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void eachTroubleIsNamedAndLeavesTheFile(Operation operation) throws IOException {
        String whole = content();
        home.rule("age: " + OTHER);
        unchangedBy(operation, StorageNotConfiguredException.class, OTHER, OWN, ".sops.yaml, rule 1");

        home.rule("age: " + OTHER + "," + OWN, "encrypted_regex: ^(data|stringData)$");
        unchangedBy(operation, StorageNotConfiguredException.class, "would leave access_token in clear", "rule 1");

        Files.delete(home.rulesFile());
        unchangedBy(operation, StorageNotConfiguredException.class, "there is no .sops.yaml");

        home.rule("age: " + OTHER + "," + OWN);
        replace(whole.replaceFirst("data:..", "data:AA"));
        unchangedBy(operation, DamagedDocumentException.class, "github.token.sops.json is damaged");
        replace(whole.substring(0, 100));
        unchangedBy(operation, DamagedDocumentException.class, "github.token.sops.json");

        replace(whole);
        home.rule("age: " + OTHER);
        home.identity(OTHER_IDENTITY);
        storage.close();
        storage = home.open();
        unchangedBy(operation, DataKeyUnavailableException.class, "github.token.sops.json", OWN);
    }

    private void unchangedBy(Operation operation, Class<? extends Exception> failure, String... told) throws IOException {
        byte[] before = Files.readAllBytes(home.file("github"));
        for (var attempt : List.of(operation.preview, operation.change)) {
            assertThatThrownBy(() -> attempt.apply(storage, "github")).isInstanceOf(failure)
                    .satisfies(e -> assertThat(e.getMessage()).contains(told).doesNotContain("access-1", "refresh-1"));
        }
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        assertThat(files()).noneMatch(name -> name.startsWith(".tmp-"));
    }

    @ParameterizedTest
    @EnumSource
    void aHeldLockIsWaitedForAndNamed(Operation operation) throws IOException {
        home.rule("age: " + OTHER + "," + OWN);
        byte[] before = Files.readAllBytes(home.file("github"));
        DirectoryStore store = new DirectoryStore(home.tokens(), DocumentNames.SOPS, Duration.ZERO);
        try (SopsTokenStorage impatient = TokenStorages.sops(home.tokens(),
                home.options().withLockTimeout(Duration.ofMillis(50)))) {
            Thread waiting;
            Throwable[] thrown = new Throwable[1];
            try (LockedDocument held = store.lock("github")) {
                waiting = new Thread(() -> operation.change.apply(impatient, "github"));
                waiting.setUncaughtExceptionHandler((thread, failure) -> thrown[0] = failure);
                waiting.start();
                join(waiting);
                assertThat(operation.preview.apply(impatient, "github")).isPresent();
            }
            assertThat(thrown[0]).isInstanceOf(LockTimeoutException.class).hasMessageContaining("github");
            assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void insideAnUpdateNoKeysAreChanged(Operation operation) {
        assertThatThrownBy(() -> storage.update("other", current -> {
            operation.change.apply(storage, "github");
            return Optional.empty();
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("inside the update of 'other'");
        storage.update("other", current -> {
            assertThat(operation.preview.apply(storage, "github")).isPresent();
            return Optional.empty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void badNamesAndAClosedStorageAreRefused(Operation operation) {
        assertThatThrownBy(() -> operation.change.apply(storage, "../github")).isInstanceOf(InvalidProviderNameException.class);
        storage.close();
        assertThatThrownBy(() -> operation.change.apply(storage, "github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> operation.preview.apply(storage, "github")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withTheProgramAPreviewRefusesWhatTheUpdateWould() throws IOException {
        byte[] before = Files.readAllBytes(home.file("github"));
        try (SopsTokenStorage other = TokenStorages.sops(home.tokens(), home.options().withSopsExecutable("no-such-sops"))) {
            assertThat(other.previewUpdateKeys("github").orElseThrow().changed()).isFalse();
            home.rule("age: " + OTHER + "," + OWN);
            assertThatThrownBy(() -> other.previewUpdateKeys("github")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("auth.storage.sops.engine=executable");
            assertThatThrownBy(() -> other.updateKeys("github")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("auth.storage.sops.engine=executable");
            assertThatThrownBy(other::requireUpdatableKeys).isInstanceOf(StorageNotConfiguredException.class);
        }
        storage.requireUpdatableKeys();
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
    }

    @Test
    void nothingOfADocumentIsLostThatATokenWouldNotHold() throws IOException {
        String plain = "{\"access_token\":\"a\",\"again\":1,\"again\":2,\"metadata\":{\"list\":[[],null,{\"x\":-0.5}]}}";
        try (SopsSetup sops = SopsSetup.of(home.options());
                var encryption = sops.engine().prepare(sops.rules().ruleFor(home.file("github")))) {
            replace(new String(encryption.encrypt(JsonReader.read(plain.getBytes(UTF_8), "f")), UTF_8));
            storage.rotate("github");
            byte[] after = JsonWriter.write(sops.engine().decrypt(Files.readAllBytes(home.file("github")), "f"), 0);
            assertThat(new String(after, UTF_8)).isEqualToIgnoringWhitespace(plain);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home.tokens())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
