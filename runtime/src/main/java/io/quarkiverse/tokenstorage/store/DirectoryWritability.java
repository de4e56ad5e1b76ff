package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** Why a token directory cannot be written to, or made. Changes nothing on the disk. */
final class DirectoryWritability {

    private static final Logger LOG = Logger.getLogger(DirectoryWritability.class);

    private final Path path;

    DirectoryWritability(Path path) {
        this.path = path;
    }

    /** Whether a directory that cannot be written to is meant to be read only, as mounted secrets are. */
    boolean isForReadingOnly(TrustedOwners owners) {
        return !isOwn(owners) || isMountedReadOnly();
    }

    /** What is said of a directory that is there and cannot be written to. */
    StorageAccessException refusal(TrustedOwners owners) {
        boolean mountedReadOnly = isMountedReadOnly();
        if (isOwn(owners) && !mountedReadOnly) {
            return new StorageAccessException(
                    "Cannot write to the token directory " + path + ": it is read-only. Give its owner the"
                            + " permission (chmod u+rwx), or configure another directory");
        }
        if (!mountedReadOnly) {
            try {
                return new StorageAccessException("Cannot write to the token directory " + path + ": it belongs to "
                        + Files.getOwner(path).getName() + ", as mounted secrets do. Tokens there can be read, but not saved or"
                        + " deleted. To have them saved, make it a directory of this user (" + AccessAdvice.command(path)
                        + "), or configure another directory");
            } catch (IOException e) {
                LOG.debugf("The owner of %s cannot be told", path);
            }
        }
        return new StorageAccessException("Cannot write to the token directory " + path
                + ": it is read-only, as mounted secrets are. Tokens there can be read, but not saved or deleted");
    }

    /** @throws StorageAccessException if a directory that is not there cannot be made */
    void requireCreatable() {
        Path existing = path;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            String why = Files.isDirectory(existing) ? " is not writable" + AccessAdvice.of(path)
                    : " is not a directory. Remove it, or configure another directory";
            throw new StorageAccessException("The token directory " + path + " is not there and cannot be made: " + existing
                    + why);
        }
    }

    private static boolean isOwn(TrustedOwners owners) {
        return owners.directory() == owners.own();
    }

    /** Of a part of the same disk that is mounted again, only the refusal tells: it is none for a lack of permission. */
    private boolean isMountedReadOnly() {
        try {
            path.getFileSystem().provider().checkAccess(path, AccessMode.WRITE);
            return false;
        } catch (AccessDeniedException e) {
            return isFileSystemReadOnly();
        } catch (IOException e) {
            return true;
        }
    }

    private boolean isFileSystemReadOnly() {
        try {
            return Files.getFileStore(path).isReadOnly();
        } catch (IOException e) {
            // Not every mount is listed in a container
            return false;
        }
    }
}
