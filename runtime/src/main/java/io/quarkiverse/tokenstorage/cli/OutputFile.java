package io.quarkiverse.tokenstorage.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.quarkiverse.tokenstorage.sops.ConfigurationFileWriter;

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
                replace(Files.exists(path) ? path.toRealPath() : path, content);
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.ERROR, argument + " cannot be written: its directory does not exist", e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.ERROR, argument + " cannot be written: permission denied", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, argument + " cannot be written: " + ConfigurationFileWriter.reason(e), e);
        }
    }

    private void writeThrough(byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            out.write(content);
        }
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path directory = target.getParent();
        Path temporary = Files.createTempFile(directory, ".tmp-", "", ownerOnly(Files.getFileStore(directory)));
        try {
            try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?>[] ownerOnly(FileStore store) {
        return store.supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }
}
