package io.quarkiverse.tokenstorage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RegularFileTest {

    @TempDir
    Path directory;

    @Test
    void readsUpToTheLimitAndThroughLinks() throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "12345");
        Path link = Files.createSymbolicLink(directory.resolve("l"), file);
        assertThat(RegularFile.read(file, 5)).asString().isEqualTo("12345");
        assertThat(RegularFile.read(link, 100)).asString().isEqualTo("12345");
        assertThat(RegularFile.read(Files.createFile(directory.resolve("empty")), 0)).isEmpty();
        assertThatThrownBy(() -> RegularFile.read(file, 4)).isInstanceOf(FileSystemException.class)
                .extracting(e -> ((FileSystemException) e).getReason()).isEqualTo("it is larger than 4 bytes");
    }

    @Test
    void readsFilesThatSayTheyAreEmptyAndStillStops() throws Exception {
        assertThat(RegularFile.read(Path.of("/proc/self/status"), 1 << 20)).asString().contains("VmRSS");
        assertThatThrownBy(() -> RegularFile.read(Path.of("/proc/self/status"), 100))
                .isInstanceOf(FileSystemException.class).hasMessageContaining("larger than 100 bytes");
    }

    @Test
    void tellsWhyItDoesNotRead() {
        assertThatThrownBy(() -> RegularFile.read(directory.resolve("none"), 1)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> RegularFile.read(directory, 1)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("it is a directory");
        assertThatThrownBy(() -> RegularFile.read(Path.of("/dev/zero"), 1)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("it is not a regular file");
    }

    @Test
    void goesOnUnderAnInterrupt() throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "12345");
        Thread.currentThread().interrupt();
        assertThat(RegularFile.read(file, 5)).hasSize(5);
        assertThat(Thread.interrupted()).isTrue();
    }
}
