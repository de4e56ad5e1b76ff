package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;

@Timeout(60)
class DirectoryInspectionTest {

    @TempDir
    Path temp;

    private Path directory;
    private DirectoryStore store;

    @BeforeEach
    void makeStore() {
        directory = temp.resolve("tokens");
        store = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(5));
    }

    private InspectedFile only(String name) {
        return DirectoryInspection.of(directory).tokenFiles().stream()
                .filter(file -> file.path().equals(directory.resolve(name))).findAny().orElseThrow();
    }

    @Test
    void aMissingDirectoryIsNotMade() throws IOException {
        DirectoryInspection inspection = DirectoryInspection.of(directory);
        assertThat(inspection.directory()).isEqualTo(directory);
        assertThat(inspection.itself()).isEmpty();
        assertThat(inspection.readOnly()).isFalse();
        assertThat(inspection.fileSystem()).isEqualTo(Files.getFileStore(temp).type());
        assertThat(inspection.usableBytes()).isPositive();
        assertThat(inspection.tokenFiles()).isEmpty();
        assertThat(inspection.locks()).isEmpty();
        assertThat(inspection.failure()).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void anEmptyDirectoryIsProbedWithALockOfItsOwn() throws IOException {
        Files.createDirectory(directory);
        DirectoryInspection inspection = DirectoryInspection.of(directory);
        assertThat(inspection.locks()).containsExactly(new LockProbe("lock-probe", LockProbe.Outcome.FREE, ""));
        assertThat(inspection.failure()).isEmpty();
    }

    @Test
    void tellsOfEveryTokenFile() throws IOException {
        save(store, "github", "12345");
        save(new DirectoryStore(directory, DocumentNames.SOPS, Duration.ofSeconds(5)), "corp", "123");
        chmod(directory.resolve("github.token.json"), "rw-r-----");
        chmod(directory, "rwxr-x---");
        Files.createLink(directory.resolve("copy.sops.json"), directory.resolve("corp.token.sops.json"));
        Files.writeString(directory.resolve("notes.txt"), "x");

        DirectoryInspection inspection = DirectoryInspection.of(directory);

        InspectedFile itself = inspection.itself().orElseThrow();
        assertThat(itself.kind()).isEqualTo(InspectedFile.Kind.DIRECTORY);
        assertThat(itself.mode()).isEqualTo("0750");
        assertThat(itself.openToOthers()).isTrue();
        assertThat(itself.own()).isTrue();
        assertThat(itself.owner()).isEqualTo(Files.getOwner(directory).getName());
        assertThat(inspection.tokenFiles()).extracting(file -> file.path().getFileName().toString(),
                file -> file.provider().orElseThrow(), InspectedFile::mode, InspectedFile::openToOthers, InspectedFile::links,
                InspectedFile::size, InspectedFile::kind).containsExactly(
                        org.assertj.core.groups.Tuple.tuple("copy.sops.json", "copy", "0400", false, 2, 3L,
                                InspectedFile.Kind.REGULAR),
                        org.assertj.core.groups.Tuple.tuple("corp.token.sops.json", "corp", "0400", false, 2, 3L,
                                InspectedFile.Kind.REGULAR),
                        org.assertj.core.groups.Tuple.tuple("github.token.json", "github", "0640", true, 1, 5L,
                                InspectedFile.Kind.REGULAR));
        assertThat(inspection.locks()).extracting(LockProbe::provider).containsExactly("copy", "corp", "github");
        assertThat(inspection.locks()).extracting(LockProbe::outcome).containsOnly(LockProbe.Outcome.FREE);
        assertThat(Files.getPosixFilePermissions(directory)).as("looking changes nothing").hasSize(5);
    }

    @Test
    void tellsLinksApart() throws IOException {
        save(store, "github", "x");
        Files.createSymbolicLink(directory.resolve("a.token.json"), Path.of("github.token.json"));
        Files.createSymbolicLink(directory.resolve("b.token.json"), Files.writeString(temp.resolve("outside"), "x"));
        Files.createSymbolicLink(directory.resolve("c.token.json"), Path.of("nothing"));
        assertThat(SystemCommand.run("mkfifo", directory.resolve("d.token.json").toString())).isTrue();
        Files.createDirectory(directory.resolve("e.token.json"));

        assertThat(only("a.token.json").kind()).isEqualTo(InspectedFile.Kind.LINK_INSIDE);
        assertThat(only("b.token.json").kind()).isEqualTo(InspectedFile.Kind.LINK_REFUSED);
        assertThat(only("c.token.json").kind()).isEqualTo(InspectedFile.Kind.LINK_TO_NOTHING);
        assertThat(only("d.token.json").kind()).isEqualTo(InspectedFile.Kind.OTHER);
        assertThat(only("e.token.json").kind()).isEqualTo(InspectedFile.Kind.DIRECTORY);
    }

    @Test
    void tellsTheAgeOfLeftOvers() throws IOException {
        Files.createDirectory(directory);
        Path leftOver = Files.writeString(directory.resolve(".tmp-0123456789abcdef-0123456789abcdef"), "x");
        Files.setLastModifiedTime(leftOver, FileTime.from(Instant.parse("2026-01-03T15:30:00Z")));
        TimeAndRandom sources = new TimeAndRandom(System::nanoTime,
                Clock.fixed(Instant.parse("2026-01-03T16:30:05Z"), ZoneOffset.UTC),
                ThreadLocalRandom.current());
        assertThat(new DirectoryInspector(directory, sources).inspect().leftOvers()).singleElement()
                .satisfies(file -> {
                    assertThat(file.path()).isEqualTo(leftOver);
                    assertThat(file.age()).isEqualTo(Duration.ofSeconds(3605));
                });
        Files.setLastModifiedTime(leftOver, FileTime.from(Instant.parse("2027-01-03T15:30:00Z")));
        assertThat(new DirectoryInspector(directory, sources).inspect().leftOvers()).singleElement()
                .satisfies(file -> assertThat(file.age()).isZero());
    }

    @Test
    void tellsWhoHoldsALockWithoutDisturbingIt() {
        save(store, "github", "x");
        try (ChildJvm child = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
            assertThat(child.line()).isEqualTo("locked");
            for (int i = 0; i < 2; i++) {
                assertThat(DirectoryInspection.of(directory).locks()).singleElement().satisfies(probe -> {
                    assertThat(probe.outcome()).isEqualTo(LockProbe.Outcome.HELD);
                    assertThat(probe.detail()).contains("process " + child.pid() + " (running)");
                });
            }
        }
    }

    @Test
    void aLockFileThatCannotBeUsedIsReported() throws IOException {
        save(store, "github", "x");
        Path lock = directory.resolve(".lock-" + NameHash.of("github"));
        Files.delete(lock);
        Files.createDirectory(lock);
        assertThat(DirectoryInspection.of(directory).locks()).singleElement().satisfies(probe -> {
            assertThat(probe.outcome()).isEqualTo(LockProbe.Outcome.FAILED);
            assertThat(probe.detail()).contains(lock.getFileName().toString(), "not a regular file");
        });
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsReported() throws IOException {
        Files.writeString(directory, "x");
        DirectoryInspection inspection = DirectoryInspection.of(directory);
        assertThat(inspection.itself().orElseThrow().kind()).isEqualTo(InspectedFile.Kind.REGULAR);
        assertThat(inspection.tokenFiles()).isEmpty();
    }

    @Test
    void whatAnotherUserMayNotSeeIsAFailureToInspect() throws IOException {
        SystemCommand.requireRoot();
        chmod(temp, "rwxr-xr-x");
        save(store, "github", "x");
        assertThat(StoreJvm.runAsNobody(temp, "inspect", directory.toString(), "PLAIN", "github"))
                .contains("owner=root, own=false, mode=0700", "readOnly=true", "locks=[]",
                        "failure=Optional[Cannot list the token directory " + directory
                                + ": permission denied, for it belongs to root");
    }

    @Test
    void theFirstDirectoryThatMayNotBeLookedIntoIsTold() throws IOException {
        SystemCommand.requireRoot();
        Path tokens = Files.createDirectories(directory.resolve("tokens"));
        for (Path each : List.of(tokens, directory)) {
            assertThat(SystemCommand.run("chmod", "755", temp.toString())).isTrue();
            assertThat(SystemCommand.run("chmod", "000", each.toString())).isTrue();
            assertThat(StoreJvm.runAsNobody(temp, "inspect", tokens.toString(), "PLAIN", "github"))
                    .contains("barrier=Optional[InspectedFile[path=" + each + ",", "mode=0000");
        }
        assertThat(DirectoryInspection.of(tokens).barrier()).as("root may").isEmpty();
    }
}
