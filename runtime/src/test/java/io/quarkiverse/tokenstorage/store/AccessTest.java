package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.FileModes.mode;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.StorageAccessException;

/** What is refused, what is tightened, and what another user may do. */
class AccessTest {

    @TempDir
    Path temp;

    private Path directory;
    private DirectoryStore store;

    @BeforeEach
    void makeStore() throws IOException {
        chmod(temp, "rwxr-xr-x");
        directory = temp.resolve("tokens");
        store = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(5));
    }

    private static void giveToNobody(Path path) {
        assertThat(SystemCommand.run("chown", "-R", "65534:65534", path.toString())).isTrue();
    }

    private void assertRefused(String provider, String... messageParts) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThatThrownBy(() -> store.read(provider)).isInstanceOf(StorageAccessException.class)
                    .hasMessageContainingAll(messageParts);
            assertThatThrownBy(() -> {
                try (LockedDocument locked = store.lock(provider)) {
                    locked.prepareReplacement(10);
                }
            }).isInstanceOf(StorageAccessException.class).hasMessageContainingAll(messageParts);
        });
    }

    @Test
    void aPipeIsRefusedWithoutHanging() {
        save(store, "other", "x");
        assertThat(SystemCommand.run("mkfifo", directory.resolve("github.token.json").toString())).isTrue();

        assertRefused("github", "github.token.json", "not a regular file");
        assertThat(store.exists("github")).isTrue();
        assertThat(store.deleteEverything("github")).hasSize(1);
        assertThat(store.exists("github")).isFalse();
    }

    @Test
    void aPipeInPlaceOfTheLockFileIsRefusedWithoutHanging() {
        save(store, "other", "x");
        assertThat(SystemCommand.run("mkfifo", directory.resolve(".lock-" + NameHash.of("github")).toString())).isTrue();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatThrownBy(() -> store.lock("github"))
                .isInstanceOf(StorageAccessException.class).hasMessageContainingAll(".lock-", "not a regular file"));
    }

    @Test
    void aPipeInPlaceOfTheHoldersNameDisturbsNobody() {
        save(store, "other", "x");
        assertThat(SystemCommand.run("mkfifo", directory.resolve(".holder-" + NameHash.of("github")).toString())).isTrue();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> save(store, "github", "one"));
        assertThat(content(store, "github")).isEqualTo("one");
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("github.token.json"));
        assertRefused("github", "github.token.json", "not a regular file");
    }

    @Test
    void aLinkOutOfTheDirectoryIsRefused() throws IOException {
        save(store, "other", "x");
        Path outside = Files.writeString(temp.resolve("outside"), "secret");
        Files.createSymbolicLink(directory.resolve("github.token.json"), outside);

        assertRefused("github", "symbolic link out of the token directory", outside.toRealPath().toString());
        assertThat(store.deleteEverything("github")).hasSize(1);
        assertThat(outside).exists();
    }

    @Test
    void aDirectoryWhoseNameOnlyBeginsLikeOursIsOutside() throws IOException {
        save(store, "other", "x");
        Path outside = Files.writeString(Files.createDirectory(temp.resolve("tokens2")).resolve("f"), "secret");
        Files.createSymbolicLink(directory.resolve("github.token.json"), outside);
        assertRefused("github", "symbolic link out of the token directory");
    }

    @Test
    void linksToNothingAndInCirclesAreNoMissingTokens() throws IOException {
        save(store, "other", "x");
        Files.createSymbolicLink(directory.resolve("a.token.json"), Path.of("nothing"));
        Files.createSymbolicLink(directory.resolve("b.token.json"), Path.of("b.token.json"));

        assertRefused("a", "a.token.json", "symbolic link to nothing");
        assertRefused("b", "b.token.json");
        assertThat(store.exists("a")).isTrue();
    }

    @Test
    void aLinkInsideTheDirectoryIsReadAndReplacedByAFile() throws IOException {
        save(store, "other", "x");
        Files.writeString(directory.resolve("data"), "linked");
        Files.createSymbolicLink(directory.resolve("github.token.json"), Path.of("data"));

        assertThat(content(store, "github")).isEqualTo("linked");
        save(store, "github", "new");
        assertThat(directory.resolve("github.token.json")).isRegularFile();
        assertThat(directory.resolve("data")).hasContent("linked");
    }

    @Test
    void theDirectoryItselfMayBeALink() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Files.createSymbolicLink(directory, real);
        save(store, "github", "one");
        assertThat(real.resolve("github.token.json")).hasContent("one");
        Files.createSymbolicLink(directory.resolve("b.token.json"), Path.of("github.token.json"));
        assertThat(content(store, "b")).isEqualTo("one");
    }

    @Test
    void aDirectoryThatIsALinkToNothingIsAnError() throws IOException {
        Files.createSymbolicLink(directory, temp.resolve("nothing"));
        assertThatThrownBy(() -> store.lock("github")).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("Cannot create the token directory " + directory);
    }

    @Test
    void tightensTooWideModesAndWarnsOnce() throws IOException {
        save(store, "github", "one");
        Path file = directory.resolve("github.token.json");
        try (LogCapture log = new LogCapture(TokenDirectory.class)) {
            chmod(file, "rw-r--r--");
            chmod(directory, "rwxrwxr-x");
            assertThat(content(store, "github")).isEqualTo("one");
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(log.messages()).containsExactly(
                    directory + " was accessible to other users (mode 0775); now only the owner has access."
                            + " If they may have read tokens, log in again",
                    file + " was accessible to other users (mode 0644); now only the owner has access."
                            + " If they may have read tokens, log in again");
            chmod(file, "rw-r--r--");
            store.read("github");
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(log.messages()).hasSize(2);
        }
    }

    @Test
    void leavesADirectoryThatHoldsOtherThingsToo() throws IOException {
        save(store, "github", "one");
        Files.writeString(directory.resolve("notes.txt"), "x");
        chmod(directory, "rwxr-xr-x");
        assertThat(DirectoryInspection.of(directory).exposure()).isEqualTo(DirectoryExposure.LISTED_BY_OTHERS);
        try (LogCapture log = new LogCapture(TokenDirectory.class)) {
            assertThat(content(store, "github")).isEqualTo("one");
            save(store, "github", "two");
            assertThat(mode(directory)).isEqualTo("rwxr-xr-x");
            assertThat(mode(directory.resolve("github.token.json"))).isEqualTo("rw-------");
            assertThat(log.messages()).containsExactly("The token directory " + directory + " can be listed by other users"
                    + " (mode 0755). It holds other files too, so this is left as it is: use a directory of your own inside"
                    + " it");
        }
        chmod(directory, "rwxrwx---");
        assertRefused("github", "The token directory " + directory + " can be changed by other users (mode 0770");
        Files.delete(directory.resolve("notes.txt"));
        assertThat(DirectoryInspection.of(directory).exposure()).isEqualTo(DirectoryExposure.TO_BE_NARROWED);
        assertThat(content(store, "github")).isEqualTo("two");
        assertThat(mode(directory)).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryForAllIsNeitherUsedNorChanged() {
        for (String mode : List.of("1777", "0777", "0707", "1755")) {
            assertThat(SystemCommand.run("mkdir", "-p", directory.toString())).isTrue();
            assertThat(SystemCommand.run("chmod", mode, directory.toString())).isTrue();
            assertRefused("github", "The token directory " + directory + " can be changed by other users (mode " + mode
                    + ", as of a directory for all); it is not used. Use a directory of your own inside it");
            assertThatThrownBy(() -> store.providers()).isInstanceOf(StorageAccessException.class);
            assertThatThrownBy(() -> store.exists("github")).isInstanceOf(StorageAccessException.class);
            assertThatThrownBy(() -> store.deleteEverything("github")).isInstanceOf(StorageAccessException.class);
            DirectoryInspection inspection = DirectoryInspection.of(directory);
            assertThat(inspection.exposure()).isEqualTo(DirectoryExposure.CHANGED_BY_OTHERS);
            assertThat(inspection.itself().orElseThrow().mode()).isEqualTo(mode);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void twinsThatAnotherProgramMadeAreSavedAndRemovedEach() throws IOException {
        save(store, "github", "one");
        Files.writeString(directory.resolve("GitHub.token.json"), "two");
        save(store, "github", "three");
        save(store, "GitHub", "four");
        assertThat(content(store, "github")).isEqualTo("three");
        assertThatThrownBy(() -> save(store, "GITHUB", "five")).isInstanceOf(InvalidProviderNameException.class)
                .hasMessageContaining("in case only");
        assertThat(store.deleteEverything("GITHUB")).isEmpty();
        assertThat(store.deleteEverything("github")).containsExactly(directory.toRealPath().resolve("github.token.json"));
        try (LockedDocument locked = store.lock("GitHub")) {
            assertThat(locked.delete()).isTrue();
        }
        assertThat(store.providers()).isEmpty();
    }

    @Test
    void warnsOnceOfATokenInClearBesideAnEncryptedOne() throws IOException {
        save(store, "github", "one");
        DirectoryStore encrypted = new DirectoryStore(directory, DocumentNames.SOPS, Duration.ofSeconds(5));
        try (LogCapture log = new LogCapture(DirectoryStore.class)) {
            save(encrypted, "other", "two");
            assertThat(log.warnings()).isEmpty();
            save(encrypted, "github", "two");
            save(encrypted, "github", "three");
            assertThat(log.warnings()).containsExactly(directory.toRealPath().resolve("github.token.json")
                    + " holds a token of provider 'github' in clear, beside the encrypted one: remove it");
        }
    }

    @Test
    void warnsOfNothingInTheUsualCase() {
        try (LogCapture log = new LogCapture(TokenDirectory.class)) {
            save(store, "github", "one");
            store.read("github");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void filesAndDirectoriesOfAnotherUserAreRefused() throws IOException {
        SystemCommand.requireRoot();
        save(store, "github", "one");
        giveToNobody(directory.resolve("github.token.json"));
        assertRefused("github", "The token file", "belongs to nobody", "log in again");
        giveToNobody(directory);
        assertRefused("other", "The token directory " + directory + " belongs to nobody");
    }

    @Test
    void aFileThatRootLeftInAnOwnDirectoryIsRefused() throws IOException {
        SystemCommand.requireRoot();
        save(store, "github", "one");
        assertThat(SystemCommand.run("chown", "65534", directory.toString())).isTrue();

        assertThat(nobody("read", "PLAIN", "github")).startsWith("StorageAccessException: The token file")
                .contains("belongs to root");
    }

    @Test
    void anotherUserKeepsTokensInADirectoryOfItsOwn() throws IOException {
        SystemCommand.requireRoot();
        Files.createDirectory(directory);
        giveToNobody(directory);

        assertThat(nobody("save", "SOPS", "github", "one")).isEqualTo("saved");
        assertThat(nobody("save", "SOPS", "github", "two")).as("over a read-only file").isEqualTo("saved");
        assertThat(nobody("read", "SOPS", "github")).isEqualTo("two");
        assertThat(mode(directory.resolve("github.token.sops.json"))).isEqualTo("r--------");
        assertThat(nobody("delete", "SOPS", "github")).isEqualTo("1");
        assertThat(nobody("read", "SOPS", "github")).isEqualTo("none");
    }

    @Test
    void whatMayNotBeReadIsNotMissing() throws IOException {
        SystemCommand.requireRoot();
        save(store, "github", "one");

        for (String operation : List.of("read", "exists", "providers", "is-writable")) {
            assertThat(nobody(operation, "PLAIN", "github")).isEqualTo("StorageAccessException: Cannot use the token directory "
                    + directory + ": permission denied, for it belongs to root and has mode 0700. Make it a directory of this"
                    + " user (install -d -m 0700 -o 65534 " + directory + "), or configure another directory");
        }
        assertThat(nobody("save", "PLAIN", "github", "two")).startsWith("StorageAccessException: ");
        assertThat(content(store, "github")).isEqualTo("one");
    }

    @Test
    void anUnreadableFileOfOnesOwnIsNotMissing() throws IOException {
        SystemCommand.requireRoot();
        save(store, "github", "one");
        chmod(directory.resolve("github.token.json"), "---------");
        giveToNobody(directory);
        assertThat(nobody("read", "PLAIN", "github")).isEqualTo("StorageAccessException: Cannot read "
                + directory.resolve("github.token.json") + ": permission denied, for it belongs to nobody and has mode 0000."
                + " Give its owner the permission (chmod u+rw " + directory.resolve("github.token.json") + ")");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsToldWithWhatMakesIt() throws IOException {
        SystemCommand.requireRoot();
        Path tokens = directory.resolve("a/b");
        Files.createDirectory(directory);
        chmod(directory, "rwxr-xr-x");
        String fix = ", for " + directory
                + " belongs to root and has mode 0755. Make it a directory of this user (install -d -m"
                + " 0700 -o 65534 " + tokens + "), or configure another directory";

        assertThat(StoreJvm.runAsNobody(temp, "save", tokens.toString(), "PLAIN", "github", "one"))
                .isEqualTo("StorageAccessException: Cannot create the token directory " + tokens + ": permission denied" + fix);
        assertThat(StoreJvm.runAsNobody(temp, "is-writable", tokens.toString(), "PLAIN", "github"))
                .isEqualTo("StorageAccessException: The token directory " + tokens + " is not there and cannot be made: "
                        + directory + " is not writable" + fix);

        chmod(directory, "rwx------");
        assertThat(StoreJvm.runAsNobody(temp, "read", tokens.toString(), "PLAIN", "github"))
                .isEqualTo("StorageAccessException: Cannot read the token directory " + tokens + ": permission denied, for "
                        + directory + " belongs to root and has mode 0700. Have this user (number 65534) let into it, or"
                        + " configure another directory");
    }

    @Test
    void aDirectoryThatEverybodyWritesToIsRefused() throws IOException {
        SystemCommand.requireRoot();
        Files.createDirectory(directory);
        chmod(directory, "rwxrwxrwx");
        assertThat(nobody("save", "PLAIN", "github", "one")).startsWith("StorageAccessException: The token directory")
                .contains("belongs to root").contains("a new one inside it");
    }

    private String nobody(String operation, String codec, String provider, String... more) throws IOException {
        String[] args = new String[4 + more.length];
        System.arraycopy(new String[] { operation, directory.toString(), codec, provider }, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return StoreJvm.runAsNobody(temp, args);
    }
}
