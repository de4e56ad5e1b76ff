package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

/**
 * Warns of files with identities that everybody can read, once for each file in the life of this process. Unlike token files
 * they are not tightened: they are not made by this library. What belongs to others is theirs to protect, such as secrets that
 * are mounted for a process that is not root.
 */
final class OpenKeyFiles {

    private static final Logger LOG = Logger.getLogger(OpenKeyFiles.class);
    private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

    /** Belongs to the user of this process. */
    private static final Path PROCESS = Path.of("/proc/self");

    private OpenKeyFiles() {
    }

    static void warnOf(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ) && isOwn(file) && WARNED.add(file)) {
                LOG.warnf(
                        "%s can be read by every user of this machine: %s, and make another identity if they may have read it",
                        file, Files.getFileStore(file).isReadOnly() ? "have it mounted with mode 0400" : "run chmod 400 on it");
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf("Who can read %s cannot be told", file);
        }
    }

    private static boolean isOwn(Path file) throws IOException {
        return Files.exists(PROCESS, LinkOption.NOFOLLOW_LINKS)
                ? Files.getAttribute(file, "unix:uid").equals(Files.getAttribute(PROCESS.toRealPath(), "unix:uid"))
                : Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    }
}
