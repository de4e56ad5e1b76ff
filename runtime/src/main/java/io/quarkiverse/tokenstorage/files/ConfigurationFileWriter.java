package io.quarkiverse.tokenstorage.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes small configuration files of a person: whole or not at all, durable, and with the wanted mode from the start. On
 * systems without POSIX modes the files have what their directory gives them. All paths are absolute.
 */
public final class ConfigurationFileWriter {

    private ConfigurationFileWriter() {
    }

    /**
     * Writes a file that must not be there yet; missing directories are made with mode 0700.
     *
     * @param mode such as {@code r--------}
     * @throws FileAlreadyExistsException if something is there, be it a dangling link; it stays as it is
     */
    public static void create(Path file, byte[] content, String mode) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path temporary = write(file, content, mode);
        try {
            linkOrMove(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(file.getParent());
    }

    /** Writes a file in place of one that may be there; the old one is valid until the new one is durable. */
    public static void replace(Path file, byte[] content, String mode) throws IOException {
        Path temporary = write(file, content, mode);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(file.getParent());
    }

    /**
     * What a link leads to, which is what a person keeps elsewhere on purpose; a file that is none, there or not, as it is.
     *
     * @throws FileSystemException if it is a link to nothing
     */
    public static Path followed(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return file;
        }
        try {
            return file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new FileSystemException(file.toString(), null,
                    "it is a link to nothing: remove it, or make what it leads to");
        }
    }

    private static Path write(Path file, byte[] content, String mode) throws IOException {
        Path directory = file.getParent();
        boolean posix = Files.getFileAttributeView(directory.getRoot(), PosixFileAttributeView.class) != null;
        createDirectories(directory, posix);
        Path temporary = Files.createTempFile(directory, ".tmp-", null);
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content);
            if (posix) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
            }
            out.getFD().sync();
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static void createDirectories(Path directory, boolean posix) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            if (posix) {
                Files.createDirectories(directory,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(directory);
            }
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
    }

    /** A hard link never replaces; some file systems have none, and there a race of two commands is left open. */
    private static void linkOrMove(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(temporary, file);
        }
    }

    private static void sync(Path directory) {
        try {
            DirectorySync.force(directory);
        } catch (IOException e) {
            // The file is there; some systems do not open directories
        }
    }
}
