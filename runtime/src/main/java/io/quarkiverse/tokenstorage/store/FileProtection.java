package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Path;

/** Owner-only files and durable replacement, as far as they differ between operating systems. */
interface FileProtection {

    /** The way of the file system that {@code path} is on. */
    static FileProtection of(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix") ? new PosixProtection()
                : new AclProtection();
    }

    /** Creates a directory that only its owner can use. Its parent exists. */
    void createDirectory(Path directory) throws IOException;

    /** Creates an empty file that only its owner can read and write; fails if there is one of that name. */
    void createFile(Path file) throws IOException;

    /**
     * Sets the permissions that others see from now on. A file that is open for writing stays so.
     *
     * @param mode POSIX permission bits, of which only the owner's are set
     */
    void setMode(Path file, int mode) throws IOException;

    /** Atomically puts {@code source} in the place of {@code target}, whether there is one or not. */
    void replace(Path source, Path target) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes new, renamed and removed names in {@code directory} durable. Not disturbed by an interrupt, which is kept. */
    void force(Path directory) throws IOException;
}
