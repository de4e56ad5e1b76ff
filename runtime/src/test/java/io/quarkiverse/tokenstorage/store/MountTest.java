package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static io.quarkiverse.tokenstorage.store.StoreJvm.NOBODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.StorageAccessException;

/** Secrets, single files and small disks that are mounted. */
class MountTest {

    @TempDir
    Path temp;

    private Path directory;
    private DirectoryStore store;

    @BeforeEach
    void makeStore() throws IOException {
        SystemCommand.requireRoot();
        chmod(temp, "rwxr-xr-x");
        directory = temp.resolve("tokens");
        store = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(5));
    }

    private String nobody(String operation) throws IOException {
        return StoreJvm.runAsNobody(temp, operation, directory.toString(), "PLAIN", "github", "two");
    }

    /** As Kubernetes mounts them: the files are links through "..data", everything is root's. */
    @Test
    void mountedSecretsAreReadButNotSaved() throws IOException {
        mountSecret();
        List<String> before = tree();

        assertThat(nobody("read")).isEqualTo("mounted");
        assertThat(nobody("providers")).isEqualTo("[github]");
        assertThat(nobody("save")).isEqualTo("StorageAccessException: Cannot write to the token"
                + " directory " + directory + ": it belongs to root, as mounted secrets do."
                + " Tokens there can be read, but not saved or deleted. To have them saved, make it a directory of this user"
                + " (install -d -m 0700 -o 65534 " + directory + "), or configure another directory");
        assertThat(nobody("delete")).startsWith("StorageAccessException: Cannot write");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void rootReadsAReadOnlyMountWithoutTightening() throws IOException {
        mountSecret();
        SystemCommand.runOrSkip("mount", "--bind", directory.toString(), directory.toString());
        try (LogCapture log = new LogCapture(TokenDirectory.class)) {
            SystemCommand.runOrSkip("mount", "-o", "remount,ro,bind", directory.toString());
            assertThat(content(store, "github")).isEqualTo("mounted");
            assertThatThrownBy(() -> store.lock("github")).isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("it is read-only, as mounted secrets are");
            assertThat(store.isWritable()).isFalse();
            assertThat(log.messages()).isEmpty();
        } finally {
            assertThat(SystemCommand.run("umount", directory.toString())).isTrue();
        }
    }

    /** A container whose user is the owner of the secret: nothing for that user to repair, unlike a mode. */
    @Test
    void anOwnDirectoryThatIsMountedReadOnlyIsNoFailure() throws IOException {
        Files.createDirectory(directory);
        SystemCommand.runOrSkip("mount", "-t", "tmpfs", "-o", "size=64k,mode=0500,uid=" + NOBODY, "none", directory.toString());
        try {
            assertThat(nobody("is-writable")).isEqualTo("StorageAccessException: Cannot write to the token directory "
                    + directory
                    + ": it is read-only. Give its owner the permission (chmod u+rwx), or configure another directory");
            SystemCommand.runOrSkip("mount", "-o", "remount,ro", directory.toString());
            assertThat(nobody("is-writable")).isEqualTo("false");
        } finally {
            assertThat(SystemCommand.run("umount", directory.toString())).isTrue();
        }
    }

    private void mountSecret() throws IOException {
        Path data = Files.createDirectories(directory.resolve("..2026_01_03"));
        Files.writeString(data.resolve("github.token.json"), "mounted");
        chmod(data.resolve("github.token.json"), "rw-r--r--");
        chmod(data, "rwxr-xr-x");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_01_03"));
        Files.createSymbolicLink(directory.resolve("github.token.json"), Path.of("..data/github.token.json"));
        chmod(directory, "rwxr-xr-x");
    }

    private List<String> tree() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void aFullDiskIsNoticedBeforeTheContentIsKnown() throws IOException {
        Files.createDirectory(directory);
        SystemCommand.runOrSkip("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "none", directory.toString());
        try {
            save(store, "github", "one");
            try (LockedDocument locked = store.lock("github")) {
                assertThatThrownBy(() -> locked.prepareReplacement(100_000)).isInstanceOf(StorageAccessException.class)
                        .hasMessageStartingWith("Cannot reserve 100000 bytes for a token in " + directory)
                        .hasMessageEndingWith("Nothing was changed: make room, then try again");
                try (PendingReplacement replacement = locked.prepareReplacement(1000)) {
                    assertThatThrownBy(() -> replacement.commit(new byte[100_000])).isInstanceOf(StorageAccessException.class)
                            .hasMessageStartingWith("Cannot write " + directory.resolve("github.token.json"))
                            .hasMessageEndingWith("The old token is still in place");
                }
                // What was reserved is there, whoever fills the disk meanwhile
                try (PendingReplacement replacement = locked.prepareReplacement(20_000)) {
                    assertThatThrownBy(() -> Files.write(directory.resolve("filler"), new byte[100_000]))
                            .isInstanceOf(IOException.class);
                    replacement.commit("y".repeat(20_000).getBytes(UTF_8));
                }
            }
            assertThat(content(store, "github")).isEqualTo("y".repeat(20_000));
            assertThat(tree()).noneMatch(name -> name.contains(".tmp-"));
        } finally {
            assertThat(SystemCommand.run("umount", directory.toString())).isTrue();
        }
    }

    @Test
    void aFileThatIsItselfMountedIsRefusedBeforeAnythingIsSpent() throws IOException {
        directory = temp.resolve("with space");
        store = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(5));
        save(store, "github", "one");
        Path file = directory.resolve("github.token.json");
        Path source = Files.writeString(temp.resolve("source"), "mounted");
        chmod(source, "rw-------");
        try (LockedDocument locked = store.lock("github"); PendingReplacement replacement = locked.prepareReplacement(10)) {
            SystemCommand.runOrSkip("mount", "--bind", source.toString(), file.toString());
            try {
                assertThatThrownBy(() -> replacement.commit(new byte[1])).isInstanceOf(StorageAccessException.class)
                        .hasMessageContaining("Mount the directory, not the file");
                assertThatThrownBy(locked::requireNotMounted).isInstanceOf(StorageAccessException.class)
                        .hasMessageContaining("Mount the directory, not the file");
                assertThatThrownBy(locked::delete).isInstanceOf(StorageAccessException.class)
                        .hasMessageContaining("Mount the directory, not the file");
                assertThat(content(store, "github")).isEqualTo("mounted");
            } finally {
                assertThat(SystemCommand.run("umount", file.toString())).isTrue();
            }
        }
        assertThat(content(store, "github")).isEqualTo("one");
        assertThat(tree()).noneMatch(name -> name.contains(".tmp-"));
    }
}
