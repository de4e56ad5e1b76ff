package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Permission bits, rename(2), and fsync(2) of directories. */
final class PosixProtection implements FileProtection {

    private static final int INTERRUPTS = 100;

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions(0700)));
    }

    @Override
    public void createFile(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions(0600)));
    }

    @Override
    public void setMode(Path file, int mode) throws IOException {
        Files.setPosixFilePermissions(file, permissions(mode));
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    /** Java opens a directory only as a channel, and an interrupt closes channels: then once more without the flag. */
    @Override
    public void force(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            for (int attempt = 0;; attempt++) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                    if (attempt == INTERRUPTS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The permissions of mode bits as chmod(2) counts them. */
    static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] highestFirst = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < highestFirst.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(highestFirst[bit]);
            }
        }
        return permissions;
    }
}
