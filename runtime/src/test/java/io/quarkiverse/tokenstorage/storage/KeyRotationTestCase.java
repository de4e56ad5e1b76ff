package io.quarkiverse.tokenstorage.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyGroup;
import io.quarkiverse.tokenstorage.sops.SopsDocument;

/** A stored token whose keys are changed. */
abstract class KeyRotationTestCase {

    static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1")
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
    SopsHome home;
    SopsTokenStorage storage;

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

    String content() throws IOException {
        return Files.readString(home.file("github"));
    }

    SopsDocument document() throws IOException {
        return SopsDocument.parse(Files.readAllBytes(home.file("github")), "github");
    }

    void replace(String content) throws IOException {
        Files.delete(home.file("github"));
        Files.writeString(home.file("github"), content);
    }

    static List<String> recipients(SopsDocument document) {
        return document.metadata().keyGroups().stream().map(KeyGroup::entries).flatMap(List::stream).map(KeyEntry::identity)
                .toList();
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home.tokens())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
