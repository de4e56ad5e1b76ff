package io.quarkiverse.tokenstorage.devui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFileTest {

    @TempDir
    Path directory;

    @Test
    void aLinkOfAMountedSecretIsWhatItLeadsTo() throws IOException {
        for (String version : new String[] { "..1", "..2" }) {
            Path file = Files.createDirectory(directory.resolve(version)).resolve("p.token.json");
            Files.writeString(file, "12345");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        }
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Path link = Files.createSymbolicLink(directory.resolve("p.token.json"), Path.of("..data/p.token.json"));

        StoredFile first = StoredFile.of(link);
        assertThat(first.path()).isEqualTo(link.toString());
        assertThat(first.mode()).isEqualTo("0400");
        assertThat(first.size()).isEqualTo(5);

        Files.delete(directory.resolve("..data"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2"));
        assertThat(StoredFile.of(link).version()).isNotEqualTo(first.version());
    }

    @Test
    void noOtherLinkIsFollowed(@TempDir Path other) throws IOException {
        Path outside = Files.writeString(other.resolve("long"), "x".repeat(5000));
        Path link = Files.createSymbolicLink(directory.resolve("p.token.json"), outside);
        Path dangling = Files.createSymbolicLink(directory.resolve("q.token.json"), Path.of("nothing"));

        assertThat(StoredFile.of(link).size()).isEqualTo(outside.toString().length());
        assertThat(StoredFile.of(dangling).size()).isEqualTo("nothing".length());
    }
}
