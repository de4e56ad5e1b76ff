package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Windows: an access list with one entry, the owner's; the read-only attribute for finished files, which must be off for
 * anything that replaces or removes them; and patience while a reader, such as a virus scanner, keeps the file open.
 */
final class AclProtection implements FileProtection {

    private static final int ATTEMPTS = 50;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int OWNER_WRITE = 0200;

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
        allowOwnerOnly(directory, EnumSet.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT));
    }

    @Override
    public void createFile(Path file) throws IOException {
        Files.createFile(file);
        allowOwnerOnly(file, Set.of());
    }

    @Override
    public void setMode(Path file, int mode) throws IOException {
        setReadOnly(file, (mode & OWNER_WRITE) == 0);
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        retryWhileOpen(target, () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void delete(Path file) throws IOException {
        retryWhileOpen(file, () -> Files.delete(file));
    }

    /** Windows has no such operation; its file systems keep a journal of names. */
    @Override
    public void force(Path directory) {
    }

    private interface FileOperation {
        void run() throws IOException;
    }

    private static void retryWhileOpen(Path target, FileOperation operation) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                setReadOnly(target, false);
            } catch (NoSuchFileException e) {
                // nothing to be replaced
            }
            try {
                operation.run();
                return;
            } catch (AccessDeniedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static void setReadOnly(Path file, boolean readOnly) throws IOException {
        DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
        if (view != null) {
            view.setReadOnly(readOnly);
        }
    }

    private static void allowOwnerOnly(Path path, Set<AclEntryFlag> flags) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (view != null) {
            view.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class)).setFlags(flags).build()));
        }
    }
}
