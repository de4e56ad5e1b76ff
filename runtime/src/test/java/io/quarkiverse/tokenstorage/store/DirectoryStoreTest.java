package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.StorageAccessException;

class DirectoryStoreTest {

    @TempDir
    Path temp;

    private Path directory() {
        return temp.resolve("config/auth/tokens");
    }

    private DirectoryStore sops() {
        return new DirectoryStore(directory(), DocumentNames.SOPS, Duration.ofSeconds(5));
    }

    private DirectoryStore plain() {
        return new DirectoryStore(directory(), DocumentNames.PLAIN, Duration.ofSeconds(5));
    }

    static void save(DirectoryStore store, String provider, String content) {
        try (LockedDocument locked = store.lock(provider)) {
            try (PendingReplacement replacement = locked.prepareReplacement(2 * content.length())) {
                replacement.commit(content.getBytes(UTF_8));
            }
        }
    }

    static String content(DirectoryStore store, String provider) {
        return store.read(provider).map(document -> new String(document.content(), UTF_8)).orElse(null);
    }

    private Set<String> listing() throws IOException {
        return listing(directory());
    }

    /** The names of all files but the lasting ones of locks. */
    static Set<String> listing(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.matches("\\.(lock|holder)-[0-9a-f]{16}")).toList());
        }
    }

    @Test
    void keepsDocumentsOverStores() throws IOException {
        save(sops(), "github", "one");
        save(sops(), "corp", "two");

        assertThat(content(sops(), "github")).isEqualTo("one");
        assertThat(sops().read("github").orElseThrow().location())
                .isEqualTo(directory().resolve("github.token.sops.json").toString());
        assertThat(sops().providers()).containsExactly("corp", "github");
        assertThat(sops().exists("github")).isTrue();
        assertThat(sops().target("x")).isEqualTo(directory().resolve("x.token.sops.json"));
        assertThat(listing()).containsExactly("corp.token.sops.json", "github.token.sops.json");
    }

    @Test
    void aMissingDirectoryIsAnEmptyOneAndReadingDoesNotMakeIt() {
        assertThat(sops().read("github")).isEmpty();
        assertThat(sops().exists("github")).isFalse();
        assertThat(sops().providers()).isEmpty();
        assertThat(sops().deleteEverything("github")).isEmpty();
        assertThat(temp.resolve("config")).doesNotExist();
    }

    @Test
    void makesTheDirectoryAndItsParentsForTheOwnerOnly() throws IOException {
        save(sops(), "github", "one");
        save(plain(), "github", "one");

        assertThat(mode(directory())).isEqualTo("rwx------");
        assertThat(mode(temp.resolve("config"))).isEqualTo("rwx------");
        assertThat(mode(directory().resolve("github.token.sops.json"))).isEqualTo("r--------");
        assertThat(mode(directory().resolve("github.token.json"))).isEqualTo("rw-------");
    }

    @Test
    void replacesAReadOnlyFileAndKeepsItReadOnly() throws IOException {
        save(sops(), "github", "a long first content");
        save(sops(), "github", "two");

        assertThat(content(sops(), "github")).isEqualTo("two");
        assertThat(mode(directory().resolve("github.token.sops.json"))).isEqualTo("r--------");
        assertThat(listing()).containsExactly("github.token.sops.json");
    }

    @Test
    void writesEmptyAndLargerThanExpectedContent() {
        try (LockedDocument locked = sops().lock("a"); PendingReplacement replacement = locked.prepareReplacement(0)) {
            replacement.commit(new byte[100_000]);
        }
        assertThat(sops().read("a").orElseThrow().content()).hasSize(100_000).containsOnly(0);
        try (LockedDocument locked = sops().lock("a"); PendingReplacement replacement = locked.prepareReplacement(5000)) {
            replacement.commit(new byte[0]);
        }
        assertThat(sops().read("a").orElseThrow().content()).isEmpty();
    }

    @Test
    void withoutCommitTheOldDocumentStaysAndNothingIsLeft() throws IOException {
        save(plain(), "github", "one");
        try (LockedDocument locked = plain().lock("github")) {
            locked.prepareReplacement(100).close();
            locked.prepareReplacement(100);
            assertThat(listing()).hasSize(2).contains("github.token.json").anyMatch(name -> name.startsWith(".tmp-"));
        }
        assertThat(content(plain(), "github")).isEqualTo("one");
        assertThat(listing()).containsExactly("github.token.json");
    }

    @Test
    void reservesTheSpaceBeforeTheContentIsKnown() throws IOException {
        try (LockedDocument locked = plain().lock("github");
                PendingReplacement replacement = locked.prepareReplacement(20_000)) {
            Path temporary = listing().stream().filter(name -> name.startsWith(".tmp-")).map(directory()::resolve).findAny()
                    .orElseThrow();
            assertThat(temporary.getFileName().toString())
                    .matches("\\.tmp-c0b0109d9439de57-[0-9a-f]{16}");
            assertThat(Files.size(temporary)).isEqualTo(20_000);
            assertThat(mode(temporary)).isEqualTo("rw-------");
            replacement.commit("short".getBytes(UTF_8));
        }
        assertThat(content(plain(), "github")).isEqualTo("short");
    }

    @Test
    void listsNothingButTokenFiles() throws IOException {
        save(plain(), "github", "one");
        Files.createDirectory(directory().resolve("dir.token.json"));
        for (String name : List.of("con.token.json", ".token.json", "x.token.json.bak", "notes.txt", "b.token.sops.json")) {
            Files.writeString(directory().resolve(name), "x");
        }
        assertThat(plain().providers()).containsExactly("github");
        assertThat(sops().providers()).containsExactly("b");
        assertThat(plain().exists("dir")).isFalse();
    }

    @Test
    void refusesNamesThatDifferInCaseOnlyWhateverTheCodec() throws IOException {
        save(sops(), "github", "one");
        for (DirectoryStore store : List.of(sops(), plain())) {
            assertThatThrownBy(() -> save(store, "GitHub", "x")).isInstanceOf(InvalidProviderNameException.class)
                    .hasMessageContaining("'github'");
        }
        save(sops(), "github", "two");
        assertThat(listing()).containsExactly("github.token.sops.json");
    }

    @Test
    void refusesInvalidNamesEverywhere() {
        DirectoryStore store = sops();
        assertThatThrownBy(() -> store.read("../x")).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> store.exists("../x")).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> store.target("../x")).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> store.lock("../x")).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> store.deleteEverything("../x")).isInstanceOf(InvalidProviderNameException.class);
    }

    @Test
    void refusesWhatIsTooLargeBeforeReadingOrWritingIt() throws IOException {
        save(plain(), "github", "one");
        try (LockedDocument locked = plain().lock("github"); PendingReplacement replacement = locked.prepareReplacement(10)) {
            assertThatThrownBy(() -> replacement.commit(new byte[DirectoryStore.MAX_DOCUMENT_BYTES + 1]))
                    .isInstanceOf(StorageAccessException.class).hasMessageContaining("too large");
        }
        assertThat(content(plain(), "github")).isEqualTo("one");

        try (var file = new java.io.RandomAccessFile(directory().resolve("big.token.json").toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        assertThatThrownBy(() -> plain().read("big")).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("big.token.json").hasMessageContaining("too large");
    }

    @Test
    void storesUpToTheLimit() {
        byte[] content = new byte[DirectoryStore.MAX_DOCUMENT_BYTES];
        content[content.length - 1] = 7;
        try (LockedDocument locked = plain().lock("a");
                PendingReplacement replacement = locked.prepareReplacement(content.length)) {
            replacement.commit(content);
        }
        assertThat(plain().read("a").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void aReplacementIsCommittedOnceAndUnderTheLockOnly() {
        DirectoryStore store = plain();
        LockedDocument locked = store.lock("github");
        PendingReplacement replacement = locked.prepareReplacement(10);
        assertThatThrownBy(() -> locked.prepareReplacement(10)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> locked.prepareReplacement(-1)).isInstanceOf(IllegalArgumentException.class);
        replacement.commit(new byte[] { 1 });
        assertThatThrownBy(() -> replacement.commit(new byte[] { 2 })).isInstanceOf(IllegalStateException.class);
        PendingReplacement late = locked.prepareReplacement(10);
        locked.close();
        locked.close();
        assertThatThrownBy(() -> late.commit(new byte[] { 3 })).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(locked::read).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(locked::delete).isInstanceOf(IllegalStateException.class);
        assertThat(store.read("github").orElseThrow().content()).containsExactly(1);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAnError() throws IOException {
        Files.createDirectories(directory().getParent());
        Files.writeString(directory(), "x");
        assertThatThrownBy(() -> plain().read("a")).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> plain().lock("a")).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> plain().exists("a")).isInstanceOf(StorageAccessException.class);
        assertThatThrownBy(() -> plain().providers()).isInstanceOf(StorageAccessException.class);
    }

    @Test
    void anInterruptedThreadFinishesItsWriteAndStaysInterrupted() {
        DirectoryStore store = plain();
        save(store, "github", "one");
        Thread.currentThread().interrupt();
        try {
            save(store, "github", "two");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(content(store, "github")).isEqualTo("two");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(content(store, "github")).isEqualTo("two");
    }

    @Test
    void interruptsInTheMiddleOfASaveDoNotDisturbIt() {
        DirectoryStore store = sops();
        Thread saving = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        Thread interrupting = new Thread(() -> {
            while (!done.get()) {
                saving.interrupt();
                LockSupport.parkNanos(50_000);
            }
        });
        interrupting.start();
        try (LogCapture log = new LogCapture(TokenDirectory.class)) {
            for (int i = 0; i < 50; i++) {
                save(store, "github", "content " + i);
                assertThat(content(store, "github")).isEqualTo("content " + i);
            }
            assertThat(log.warnings()).isEmpty();
        } finally {
            done.set(true);
            while (interrupting.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }
}
