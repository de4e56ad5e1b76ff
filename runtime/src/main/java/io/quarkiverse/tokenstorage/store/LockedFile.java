package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** A provider's file while its lock is held. */
final class LockedFile implements LockedDocument {

    private static final Logger LOG = Logger.getLogger(LockedFile.class);

    private final DirectoryStore store;
    private final TokenDirectory directory;
    private final Path realDirectory;
    private final DocumentNames names;
    private final String provider;
    private final ProviderLock lock;
    private final List<String> present;
    private final List<String> leftOvers;
    private TemporaryFile pending;
    private boolean closed;

    /** @param present the names in the directory, listed since the lock is held */
    LockedFile(DirectoryStore store, TokenDirectory directory, Path realDirectory, DocumentNames names, String provider,
            ProviderLock lock, List<String> present) {
        this.store = store;
        this.directory = directory;
        this.realDirectory = realDirectory;
        this.names = names;
        this.provider = provider;
        this.lock = lock;
        this.present = present;
        String prefix = temporaryPrefix();
        this.leftOvers = present.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public Optional<StoredDocument> read() {
        requireHeld();
        return store.read(provider);
    }

    @Override
    public PendingReplacement prepareReplacement(int expectedSize) {
        requireHeld();
        if (expectedSize < 0) {
            throw new IllegalArgumentException("The expected size is negative: " + expectedSize);
        }
        if (pending != null && !pending.isFinished()) {
            throw new IllegalStateException("Another replacement of this document is prepared already");
        }
        requireNoCaseTwin();
        if (names == DocumentNames.SOPS && present.contains(DocumentNames.PLAIN.current(provider))) {
            store.warnOfClearText(provider, realDirectory.resolve(DocumentNames.PLAIN.current(provider)));
        }
        Path target = realDirectory.resolve(names.current(provider));
        TrustedOwners trusted = directory.admitReading().orElseThrow(() -> new StorageAccessException(
                "The token directory " + directory.path() + " has been removed; try again"));
        TokenFiles files = new TokenFiles(directory);
        files.requireReplaceable(target, trusted);
        sweep();
        pending = TemporaryFile.create(directory, target, temporaryPrefix(), names.mode(),
                Math.min(expectedSize, DirectoryStore.MAX_DOCUMENT_BYTES), store.sources(),
                this::removeLegacy);
        return pending;
    }

    /** Looks at the names as they are written: asking for a file would find the twin where case does not count. */
    private void requireNoCaseTwin() {
        ProviderName.requireNoCaseTwin(provider,
                present.stream().map(DocumentNames::anyProvider).flatMap(Optional::stream).toList());
    }

    /** Where case does not count, this name leads to the file of another provider. */
    private boolean isOfTwin(String name) {
        return !present.contains(name) && present.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public void requireNotMounted() {
        requireHeld();
        TemporaryFile.requireNotMounted(realDirectory.resolve(names.current(provider)));
    }

    /** The new document is durable, so the older name must not be read any more when it is deleted one day. */
    private void removeLegacy() {
        names.legacy(provider).map(realDirectory::resolve).ifPresent(legacy -> {
            try {
                if (remove(legacy)) {
                    LOG.infof("The token of provider '%s' has moved from %s to %s", provider, legacy.getFileName(),
                            names.current(provider));
                }
            } catch (StorageAccessException e) {
                LOG.warnf("The token of provider '%s' is saved, but its older file remains: %s", provider, e.getMessage());
            }
        });
    }

    @Override
    public boolean delete() {
        requireHeld();
        List<String> all = new ArrayList<>();
        names.legacy(provider).ifPresent(all::add);
        all.add(names.current(provider));
        return !delete(all).isEmpty();
    }

    /** Removes files of this provider in the given order, and its left-over temporary ones; makes that durable. */
    List<Path> delete(List<String> fileNames) {
        requireHeld();
        List<Path> removed = new ArrayList<>();
        boolean swept = sweep();
        try {
            for (String name : fileNames) {
                Path file = realDirectory.resolve(name);
                if (!isOfTwin(name) && remove(file)) {
                    LOG.debugf("Removed %s", file);
                    removed.add(file);
                }
            }
        } finally {
            if (swept || !removed.isEmpty()) {
                directory.force(realDirectory);
            }
        }
        return removed;
    }

    /** Removes what saves of this provider left behind when their process was killed. Nobody else can be writing now. */
    private boolean sweep() {
        boolean swept = false;
        for (String name : leftOvers) {
            Path file = realDirectory.resolve(name);
            try {
                if (remove(file)) {
                    LOG.infof("Removed %s, which an interrupted save had left over", file);
                    swept = true;
                }
            } catch (StorageAccessException e) {
                LOG.warnf("%s is left over from an interrupted save: %s", file, e.getMessage());
            }
        }
        return swept;
    }

    private boolean remove(Path file) {
        if (!TokenFiles.exists(file)) {
            return false;
        }
        try {
            directory.protection().delete(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw AccessFailure.of("remove", file, e,
                    MountPoints.contains(file) ? "Mount the directory, not the file" : "");
        }
    }

    private String temporaryPrefix() {
        return DirectoryStore.TEMPORARY_PREFIX + NameHash.of(provider) + "-";
    }

    private void requireHeld() {
        if (closed || !lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("The lock of provider '" + provider + "' is not held by this thread");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        requireHeld();
        closed = true;
        try {
            if (pending != null) {
                pending.close();
            }
        } finally {
            lock.close();
        }
    }
}
