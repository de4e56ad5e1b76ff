package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the files that one provider can have: current, older, of either codec, left over. */
class ProviderFilesTest {

    @TempDir
    Path temp;

    private Path directory() {
        return temp.resolve("tokens");
    }

    private DirectoryStore sops() {
        return new DirectoryStore(directory(), DocumentNames.SOPS, Duration.ofSeconds(5));
    }

    private DirectoryStore plain() {
        return new DirectoryStore(directory(), DocumentNames.PLAIN, Duration.ofSeconds(5));
    }

    private Set<String> listing() throws IOException {
        return DirectoryStoreTest.listing(directory());
    }

    @Test
    void readsTheOlderNameAndRemovesItWithTheNextSave() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("github.sops.json"), "old");

        assertThat(content(sops(), "github")).isEqualTo("old");
        assertThat(sops().read("github").orElseThrow().location()).endsWith("github.sops.json");
        assertThat(sops().exists("github")).isTrue();
        assertThat(sops().providers()).containsExactly("github");
        assertThat(plain().exists("github")).isFalse();

        save(sops(), "github", "new");
        assertThat(content(sops(), "github")).isEqualTo("new");
        assertThat(listing()).containsExactly("github.token.sops.json");
    }

    @Test
    void theOlderFileStaysUntilTheSaveIsCommitted() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("github.sops.json"), "old");
        try (LockedDocument locked = sops().lock("github")) {
            locked.prepareReplacement(10);
        }
        assertThat(listing()).containsExactly("github.sops.json");
    }

    @Test
    void theCurrentNameIsPreferred() throws IOException {
        save(sops(), "github", "new");
        Files.writeString(directory().resolve("github.sops.json"), "old");
        assertThat(content(sops(), "github")).isEqualTo("new");
        assertThat(sops().providers()).containsExactly("github");
    }

    @Test
    void deletesTheOlderFileToo() throws IOException {
        save(sops(), "github", "new");
        save(plain(), "github", "plain");
        Files.writeString(directory().resolve("github.sops.json"), "old");
        try (LockedDocument locked = sops().lock("github")) {
            assertThat(locked.delete()).isTrue();
            assertThat(locked.read()).isEmpty();
            assertThat(locked.delete()).isFalse();
        }
        assertThat(listing()).containsExactly("github.token.json");
    }

    @Test
    void aProviderEndingInTokenDoesNotTouchItsNeighbour() throws IOException {
        save(sops(), "a", "of a");

        assertThat(sops().exists("a.token")).isFalse();
        assertThat(sops().read("a.token")).isEmpty();
        save(sops(), "a.token", "of a.token");
        assertThat(content(sops(), "a")).isEqualTo("of a");
        assertThat(sops().providers()).containsExactly("a", "a.token");
        assertThat(sops().deleteEverything("a.token"))
                .containsExactly(directory().toRealPath().resolve("a.token.token.sops.json"));
        assertThat(content(sops(), "a")).isEqualTo("of a");
    }

    @Test
    void deletesEverythingOfOneProvider() throws IOException {
        save(sops(), "github", "new");
        save(plain(), "github", "plain");
        save(plain(), "corp", "other");
        Files.writeString(directory().resolve("github.sops.json"), "old");
        Files.writeString(directory().resolve(".tmp-" + NameHash.of("github") + "-0123456789abcdef"), "left over");

        Path real = directory().toRealPath();
        assertThat(sops().deleteEverything("github")).containsExactly(real.resolve("github.sops.json"),
                real.resolve("github.token.json"), real.resolve("github.token.sops.json"));
        assertThat(listing()).containsExactly("corp.token.json");
        assertThat(sops().deleteEverything("github")).isEmpty();
    }

    @Test
    void sweepsLeftOversOfThisProviderOnly() throws IOException {
        save(plain(), "github", "one");
        String own = ".tmp-" + NameHash.of("github") + "-0123456789abcdef";
        String others = ".tmp-" + NameHash.of("corp") + "-0123456789abcdef";
        Files.writeString(directory().resolve(own), "half a tok");
        Files.writeString(directory().resolve(others), "half a tok");

        save(plain(), "github", "two");
        assertThat(listing()).containsExactly(others, "github.token.json");
        try (LockedDocument locked = plain().lock("corp")) {
            assertThat(locked.delete()).isFalse();
        }
        assertThat(listing()).containsExactly("github.token.json");
    }
}
