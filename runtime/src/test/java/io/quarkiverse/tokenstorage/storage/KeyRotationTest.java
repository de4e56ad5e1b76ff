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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.KeyDifference.Group;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/** What a rotation and an update of keys change, and what they leave as it is. */
class KeyRotationTest extends KeyRotationTestCase {

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
}
