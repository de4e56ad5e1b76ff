package io.quarkiverse.tokenstorage.it.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program that a test writes itself, to stand in the place of another one. */
public final class ShellScript {

    private ShellScript() {
    }

    /**
     * Makes the file anew with its directories, for the owner to run.
     *
     * @param lines what stands below {@code #!/bin/sh}
     * @return the file
     */
    public static Path write(Path file, String lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.writeString(file, "#!/bin/sh\n" + lines);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
