package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file locked with the operating system, against other processes. It stays empty and is never deleted: whoever locked a
 * deleted file would exclude nobody. Only the holder of its {@link LockPermit} may open it.
 */
final class LockFile implements AutoCloseable {

    /**
     * Channels that met a lock of this JVM that no permit knows, such as another library's. Closing one would drop that
     * lock, so they are kept for the next attempt.
     */
    private static final ConcurrentHashMap<Path, Opened> KEPT_OPEN = new ConcurrentHashMap<>();

    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    private record Opened(FileChannel channel, Object identity) {
    }

    /**
     * Locks {@code file}, trying again until the deadline: Java's blocking call can report a deadlock where there is none.
     *
     * @return empty if the time is over or the thread was interrupted while waiting; its interrupt flag is kept
     */
    static Optional<LockFile> acquire(Path file, FileProtection protection, Deadline deadline) throws IOException {
        do {
            Opened opened = open(file, protection);
            boolean locked = false;
            boolean lockedHere = false;
            try {
                do {
                    try {
                        locked = tryLock(opened.channel());
                        lockedHere = false;
                    } catch (OverlappingFileLockException e) {
                        lockedHere = true;
                    }
                } while (!locked && deadline.pause());
                if (locked && Objects.equals(opened.identity(), identity(file, protection))) {
                    LockFile lock = new LockFile(opened.channel());
                    opened = null;
                    return Optional.of(lock);
                }
            } finally {
                if (lockedHere) {
                    KEPT_OPEN.put(file, opened);
                } else if (opened != null) {
                    opened.channel().close();
                }
            }
        } while (deadline.pause());
        return Optional.empty();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        return lock != null;
    }

    private static Opened open(Path file, FileProtection protection) throws IOException {
        Object identity = identity(file, protection);
        Opened kept = KEPT_OPEN.remove(file);
        if (kept != null && Objects.equals(kept.identity(), identity)) {
            return kept;
        }
        return new Opened(FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), identity);
    }

    /** Makes the file if need be, and tells which one it is; null where the system does not know. */
    private static Object identity(Path file, FileProtection protection) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            create(file, protection);
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file, remove it");
        }
        return attributes.fileKey();
    }

    private static void create(Path file, FileProtection protection) throws IOException {
        try {
            protection.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        }
    }

    /** Closing the channel is what unlocks. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
