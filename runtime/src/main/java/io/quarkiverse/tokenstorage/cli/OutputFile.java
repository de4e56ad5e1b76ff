package io.quarkiverse.tokenstorage.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.quarkiverse.tokenstorage.files.ConfigurationFileWriter;
import io.quarkiverse.tokenstorage.files.FailureReason;

/**
 * A file that a command writes: either it has the whole new content, readable by its owner only, or it is as it was before.
 * Devices and pipes are written to as they are.
 */
final class OutputFile {

    private final String argument;
    private final Path path;

    OutputFile(String argument, Path workingDirectory) {
        this.argument = argument;
        this.path = BoundedInput.path(argument, workingDirectory);
    }

    /** @throws CommandFailure if that fails; the file is then untouched */
    void write(byte[] content) {
        try {
            if (Files.isDirectory(path)) {
                throw new CommandFailure(ExitCode.ERROR, argument + " is a directory, not a file");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                writeThrough(content);
            } else {
                ConfigurationFileWriter.replace(target(), content, "rw-------");
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, argument + " cannot be written: " + FailureReason.of(e), e);
        }
    }

    private void writeThrough(byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            out.write(content);
        }
    }

    /** Directories are not made here, for the path is what somebody has typed. */
    private Path target() throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path;
        if (Files.notExists(target.getParent())) {
            throw new CommandFailure(ExitCode.ERROR, argument + " cannot be written: its directory does not exist");
        }
        return target;
    }
}
