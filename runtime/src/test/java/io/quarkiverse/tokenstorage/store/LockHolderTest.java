package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;
import io.quarkiverse.tokenstorage.LockTimeoutException;

/** What one process is told of another that holds a lock. */
@Timeout(120)
class LockHolderTest {

    @TempDir
    Path directory;

    private DirectoryStore patient;
    private DirectoryStore impatient;

    @BeforeEach
    void makeStores() {
        patient = store(Duration.ofSeconds(60));
        impatient = store(Duration.ofMillis(150));
    }

    private DirectoryStore store(Duration timeout) {
        return new DirectoryStore(directory, DocumentNames.PLAIN, timeout);
    }

    private Path lockFile(String provider) {
        return directory.resolve(".lock-" + NameHash.of(provider));
    }

    @Test
    void anotherProcessWaitsAndIsToldWhoHoldsIt() throws Exception {
        try (LockedDocument locked = patient.lock("github")) {
            assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github"))
                    .startsWith("LockTimeoutException: Gave up after 0s waiting for the lock of provider 'github' in")
                    .contains(": process " + ProcessHandle.current().pid() + " (running) since 20");
        }
        assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).isEqualTo("free");
        assertThat(directory.resolve(".holder-" + NameHash.of("github"))).content().matches("- +\n");
        assertThat(lockFile("github")).isEmptyFile();
    }

    @Test
    void theNoteStaysOneLineOfTheSameLength() throws Exception {
        Path holder = directory.resolve("holder");
        FileProtection protection = FileProtection.of(directory);
        LockHolder longer = new LockHolder(4711, "a.long.name.example", Instant.parse("2026-01-03T15:30:00Z"));
        LockHolder shorter = new LockHolder(12, "vm", Instant.parse("2026-01-03T15:30:00Z"));

        longer.write(holder, protection);
        assertThat(holder).hasContent("4711 2026-01-03T15:30:00Z a.long.name.example\n");
        LockHolder.clear(holder);
        assertThat(holder).hasContent("-" + " ".repeat(44) + "\n");
        assertThat(LockHolder.read(holder)).isEmpty();
        shorter.write(holder, protection);
        assertThat(holder).hasContent("12 2026-01-03T15:30:00Z vm" + " ".repeat(19) + "\n");
        assertThat(LockHolder.read(holder)).contains(shorter);

        Files.writeString(holder, "-\n11 2026-01-03T15:30:00Z a.long.name.example\n");
        shorter.write(holder, protection);
        assertThat(Files.readAllLines(holder)).hasSize(1);
    }

    @Test
    void aKilledHolderHoldsNothing() throws Exception {
        try (ChildJvm child = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
            assertThat(child.line()).isEqualTo("locked");
            assertThatThrownBy(() -> impatient.lock("github")).isInstanceOf(LockTimeoutException.class)
                    .hasMessageContaining("process " + child.pid() + " (running)");
            child.kill();
            store(Duration.ZERO).lock("github").close();
        }
    }

    @Test
    void theHoldersNameIsOnlyBelievedIfItCanBeTrue() throws Exception {
        try (ChildJvm child = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
            assertThat(child.line()).isEqualTo("locked");
            Path holder = directory.resolve(".holder-" + NameHash.of("github"));
            String written = Files.readString(holder);
            assertThat(written).startsWith(child.pid() + " 20");

            Files.writeString(holder, written.replaceFirst("^[0-9]+", Integer.toString(Integer.MAX_VALUE)));
            assertThatThrownBy(() -> impatient.lock("github")).hasMessageContaining("2147483647, which has ended");
            Files.writeString(holder, "12 2026-01-03T15:30:00Z elsewhere.example\nrest of a longer name");
            assertThatThrownBy(() -> impatient.lock("github"))
                    .hasMessageContaining("process 12 on host elsewhere.example since 2026-01-03T15:30:00Z holds it");
            for (String nonsense : new String[] { "", "-\n", "x y z", "1", "99999999999999999999 2026-01-03T15:30:00Z h",
                    "1 now h" }) {
                Files.writeString(holder, nonsense);
                assertThatThrownBy(() -> impatient.lock("github")).hasMessageContaining(": another process holds it");
            }
        }
    }
}
