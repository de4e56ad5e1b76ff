package io.quarkiverse.tokenstorage.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.quarkiverse.tokenstorage.files.FailureReason;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** A file argument, where {@code -} or none means standard input. Reads no more than it is allowed to. */
final class BoundedInput {

    private static final String STANDARD_INPUT = "-";
    /** Other programs want it before the name of a file. */
    private static final String FILE_OF_ARGUMENTS = "@";
    private static final int LONGEST_NAME = 4096;

    private final String argument;
    private final Path workingDirectory;

    /** @param argument what the user wrote; null if nothing */
    BoundedInput(String argument, Path workingDirectory) {
        this.argument = argument == null ? STANDARD_INPUT : argument;
        this.workingDirectory = workingDirectory;
    }

    boolean isStandardInput() {
        return argument.equals(STANDARD_INPUT);
    }

    /** How messages name it. */
    String name() {
        return isStandardInput() ? "standard input" : PrintableText.of(argument, LONGEST_NAME);
    }

    /** The absolute path of the file; not for standard input. */
    Path path() {
        return path(argument, workingDirectory);
    }

    static Path path(String argument, Path workingDirectory) {
        try {
            return workingDirectory.resolve(argument).normalize();
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.ERROR, "'" + argument + "' is not a file name on this system");
        }
    }

    /** @throws CommandFailure if it cannot be read or is larger than {@code limit} bytes */
    byte[] read(int limit) {
        try {
            byte[] content = isStandardInput() ? System.in.readNBytes(limit + 1) : readFile(limit);
            if (content.length > limit) {
                throw new CommandFailure(ExitCode.ERROR, name() + " is larger than " + limit / 1024 + " KiB, the limit here");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.ERROR, "There is no file " + name()
                    + (argument.startsWith(FILE_OF_ARGUMENTS) ? ": write its name without the " + FILE_OF_ARGUMENTS : ""));
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.ERROR, name() + " may not be read: permission denied", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, name() + " cannot be read: " + FailureReason.of(e), e);
        }
    }

    private byte[] readFile(int limit) throws IOException {
        Path file = path();
        if (Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.ERROR, name() + " is a directory, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        }
    }
}
