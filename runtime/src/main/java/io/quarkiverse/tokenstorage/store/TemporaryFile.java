package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageAccessException;

/**
 * The next document on its way: a file of its own in the token directory, with its space reserved, that is finished, made
 * durable and then renamed. Used under the provider's lock.
 * <p>
 * Written through {@link RandomAccessFile} as an interrupt closes a channel in the middle of a write.
 */
final class TemporaryFile implements PendingReplacement {

    private static final Logger LOG = Logger.getLogger(TemporaryFile.class);
    private static final byte[] ZEROS = new byte[8192];

    private final TokenDirectory directory;
    private final Path path;
    private final Path target;
    private final int mode;
    private final RandomAccessFile file;
    private final Runnable afterwards;
    private boolean finished;

    private TemporaryFile(TokenDirectory directory, Path path, Path target, int mode, Runnable afterwards)
            throws IOException {
        this.directory = directory;
        this.path = path;
        this.target = target;
        this.mode = mode;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.afterwards = afterwards;
    }

    /**
     * Makes an empty temporary file and reserves its space.
     *
     * @param target what to replace, in the same directory by its real path
     * @param afterwards what to do once the replacement is durable; must not throw
     */
    static TemporaryFile create(TokenDirectory directory, Path target, String prefix, int mode, int reserve,
            TimeAndRandom sources,
            Runnable afterwards) {
        Path path = target.resolveSibling(prefix + HexFormat.of().toHexDigits(sources.random().nextLong()));
        try {
            directory.protection().createFile(path);
        } catch (IOException e) {
            throw AccessFailure.of("create a file in", target.getParent(), e);
        }
        TemporaryFile temporary = null;
        boolean reserved = false;
        try {
            temporary = new TemporaryFile(directory, path, target, mode, afterwards);
            temporary.reserve(reserve);
            reserved = true;
            return temporary;
        } catch (IOException e) {
            throw AccessFailure.of("reserve " + reserve + " bytes for a token in", target.getParent(), e,
                    "Nothing was changed: make room, then try again");
        } finally {
            if (!reserved) {
                if (temporary != null) {
                    temporary.close();
                } else {
                    remove(directory, path);
                }
            }
        }
    }

    /** File systems count real content only, so zeros are written. */
    private void reserve(int size) throws IOException {
        for (int left = size; left > 0; left -= ZEROS.length) {
            file.write(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }

    boolean isFinished() {
        return finished;
    }

    @Override
    public void commit(byte[] content) {
        if (finished) {
            throw new IllegalStateException("This replacement is committed or closed already");
        }
        TokenFiles.requireSize(target, content.length);
        try {
            file.seek(0);
            file.write(content);
            if (file.length() > content.length) {
                file.setLength(content.length);
            }
            directory.protection().setMode(path, mode);
            file.getFD().sync();
            file.close();
        } catch (IOException e) {
            close();
            throw AccessFailure.of("write", target, e, untouched());
        }
        try {
            directory.protection().replace(path, target);
        } catch (IOException e) {
            close();
            if (MountPoints.contains(target)) {
                throw mounted(target);
            }
            throw AccessFailure.of("replace", target, e, untouched());
        }
        finished = true;
        directory.force(target.getParent());
        LOG.debugf("Wrote %s", target);
        afterwards.run();
    }

    private String untouched() {
        return TokenFiles.exists(target) ? "The old token is still in place" : "";
    }

    /** Fails if {@code target} cannot be replaced because it is itself mounted. */
    static void requireNotMounted(Path target) {
        if (Files.exists(target) && MountPoints.contains(target)) {
            throw mounted(target);
        }
    }

    private static StorageAccessException mounted(Path target) {
        return new StorageAccessException("Cannot replace " + target
                + ": the file itself is a mount point. Mount the directory, not the file. The old token is still in place");
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        finished = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.debugf("Cannot close %s: %s", path, e.getMessage());
        }
        remove(directory, path);
    }

    private static void remove(TokenDirectory directory, Path path) {
        try {
            directory.protection().delete(path);
        } catch (NoSuchFileException e) {
            // somebody cleared the directory
        } catch (IOException e) {
            LOG.warnf("%s is left over until the next save: %s", path, AccessFailure.of("remove", path, e).getMessage());
        }
    }
}
