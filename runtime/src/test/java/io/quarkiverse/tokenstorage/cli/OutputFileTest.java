package io.quarkiverse.tokenstorage.cli;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.FileModes.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    private static final byte[] CONTENT = { 1, 2, 3 };

    @TempDir
    Path directory;

    @Test
    void theFileIsPrivateAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "old and longer");
        chmod(file, "rw-rw-rw-");

        new OutputFile("out", directory).write(CONTENT);

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(mode(file)).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        new OutputFile("link", directory).write(CONTENT);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() {
        new OutputFile("/dev/null", directory).write(CONTENT);

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void anInterruptDoesNotKeepTheFileFromBeingWritten() {
        Thread.currentThread().interrupt();

        new OutputFile("out", directory).write(CONTENT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("out")).hasBinaryContent(CONTENT);
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> new OutputFile("no/out", directory).write(CONTENT)).isInstanceOf(CommandFailure.class)
                .hasMessage("no/out cannot be written: its directory does not exist");
        assertThat(directory.resolve("no")).doesNotExist();
        assertThatThrownBy(() -> new OutputFile("file/out", directory).write(CONTENT)).isInstanceOf(CommandFailure.class)
                .hasMessage("file/out cannot be written: a part of the path is not a directory");
        assertThatThrownBy(() -> new OutputFile(".", directory).write(CONTENT)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("directory");
    }
}
