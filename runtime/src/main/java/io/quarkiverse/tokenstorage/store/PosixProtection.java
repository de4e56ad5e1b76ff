package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import io.quarkiverse.tokenstorage.files.DirectorySync;

/** Permission bits, rename(2), and fsync(2) of directories. */
final class PosixProtection implements FileProtection {

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

    @Override
    public void force(Path directory) throws IOException {
        DirectorySync.force(directory);
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
