package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldLockTest {

    @TempDir
    Path directory;

    @Test
    void isSeenAsLongAsSomebodyHoldsTheLock() {
        DirectoryStore store = new DirectoryStore(directory, DocumentNames.SOPS, Duration.ofSeconds(5));
        try (LockedDocument held = store.lock("corp.example")) {
            assertThat(HeldLock.of(directory, "corp.example")).hasValueSatisfying(
                    lock -> assertThat(lock.holder())
                            .startsWith("process " + ProcessHandle.current().pid() + " (running) since"));
            assertThat(HeldLock.of(directory, "other")).isEmpty();
        }
        assertThat(HeldLock.of(directory, "corp.example")).isEmpty();
    }

    @Test
    void aHolderThatHasEndedHoldsNothing() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        String here = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        Path note = directory.resolve(DirectoryStore.HOLDER_PREFIX + NameHash.of("p"));

        Files.writeString(note, ended.pid() + " 2026-01-03T15:30:00Z " + here + "\n");
        assertThat(HeldLock.of(directory, "p")).isEmpty();

        Files.writeString(note, ended.pid() + " 2026-01-03T15:30:00Z elsewhere.example\n");
        assertThat(HeldLock.of(directory, "P").map(HeldLock::holder))
                .contains("perhaps process " + ended.pid() + " on host elsewhere.example since 2026-01-03T15:30:00Z");
    }

    @Test
    void lookingLeavesNoTrace() throws IOException {
        assertThat(HeldLock.of(directory, "p")).isEmpty();
        assertThat(HeldLock.of(directory.resolve("missing"), "p")).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
