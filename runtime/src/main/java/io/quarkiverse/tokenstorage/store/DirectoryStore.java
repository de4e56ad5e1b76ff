package io.quarkiverse.tokenstorage.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

/**
 * One file for each provider in a directory that only its owner can use.
 * <p>
 * Readers take no lock: a document is replaced by renaming, so they see the old or the new one. Writers exclude each other
 * across threads, class loaders and processes, and across the codecs that share the directory. A write is: temporary file
 * beside the target, mode 0600, space reserved; then content, final mode, fsync, rename, fsync of the directory. An
 * interrupt disturbs none of these; it is kept.
 * <p>
 * Never opened are links out of the directory, anything but regular files, and what belongs to another user; a directory
 * that root mounted read-only, as orchestrators do with secrets, can be read. Modes that let others in are tightened.
 * <p>
 * Thread-safe. Making one touches no disk.
 */
public final class DirectoryStore implements DocumentStore {

    /** Larger documents are neither read nor written: 4 MiB. */
    public static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

    static final String TEMPORARY_PREFIX = ".tmp-";
    static final String LOCK_PREFIX = ".lock-";
    static final String HOLDER_PREFIX = ".holder-";

    private static final Logger LOG = Logger.getLogger(DirectoryStore.class);
    private static final int MOST_WARNINGS = 200;

    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final TokenDirectory directory;
    private final TokenFiles files;
    private final DocumentNames names;
    private final Duration lockTimeout;
    private final TimeAndRandom sources;

    /**
     * A store on {@code directory}, which is made, with its parents, when something is first written.
     *
     * @param names which codec's files these are
     * @param lockTimeout how long to wait for a lock; zero means one attempt
     * @throws IllegalArgumentException if {@code lockTimeout} is negative
     */
    public DirectoryStore(Path directory, DocumentNames names, Duration lockTimeout) {
        this(directory, names, lockTimeout, TimeAndRandom.system());
    }

    DirectoryStore(Path directory, DocumentNames names, Duration lockTimeout, TimeAndRandom sources) {
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("The lock timeout is negative: " + lockTimeout);
        }
        this.directory = new TokenDirectory(directory);
        this.files = new TokenFiles(this.directory);
        this.names = names;
        this.lockTimeout = lockTimeout;
        this.sources = sources;
    }

    /** The directory as it was given, made absolute. */
    public Path directory() {
        return directory.path();
    }

    @Override
    public Optional<StoredDocument> read(String provider) {
        Path current = target(provider);
        Optional<TrustedOwners> trusted = directory.admitReading();
        if (trusted.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredDocument> document = read(current, trusted.get());
        Optional<Path> legacy = document.isPresent() ? Optional.empty() : legacy(provider);
        if (legacy.isEmpty()) {
            return document;
        }
        document = read(legacy.get(), trusted.get());
        // Between the first two looks a save may have written the one and removed the other
        return document.isPresent() ? document : read(current, trusted.get());
    }

    private Optional<StoredDocument> read(Path file, TrustedOwners trusted) {
        return files.read(file, trusted).map(content -> new StoredDocument(content, file.toString()));
    }

    @Override
    public boolean exists(String provider) {
        Path current = target(provider);
        return directory.admitReading().isPresent() && (TokenFiles.exists(current)
                || legacy(provider).filter(legacy -> TokenFiles.exists(legacy) || TokenFiles.exists(current)).isPresent());
    }

    /** {@inheritDoc} Directories, temporary and lock files, and names that no provider can have are passed over. */
    @Override
    public Set<String> providers() {
        if (directory.admitReading().isEmpty()) {
            return Set.of();
        }
        Set<String> providers = new TreeSet<>();
        directory.names().forEach(name -> names.provider(name)
                .filter(provider -> !providers.contains(provider) && TokenFiles.exists(directory.path().resolve(name)))
                .ifPresent(providers::add));
        return Collections.unmodifiableSet(providers);
    }

    @Override
    public Path target(String provider) {
        return directory.path().resolve(names.current(ProviderName.require(provider)));
    }

    @Override
    public boolean isWritable() {
        return directory.admitsWriting();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if the directory cannot be made or written to
     * @throws IllegalStateException if this thread holds the lock already
     */
    @Override
    public LockedDocument lock(String provider) {
        return lockFile(provider);
    }

    /**
     * Removes every file of a provider, whatever the codec, older names first, and what interrupted saves left behind.
     *
     * @return the files that were removed; empty if there were none
     */
    public List<Path> deleteEverything(String provider) {
        ProviderName.require(provider);
        if (directory.admitReading().isEmpty()) {
            return List.of();
        }
        try (LockedFile locked = lockFile(provider)) {
            return locked.delete(DocumentNames.all(provider));
        }
    }

    /** Does nothing: the store keeps nothing open. */
    @Override
    public void close() {
    }

    /** Once for each provider, while there are few: it is to be read. */
    void warnOfClearText(String provider, Path file) {
        if (warned.size() < MOST_WARNINGS && warned.add(provider)) {
            LOG.warnf("%s holds a token of provider '%s' in clear, beside the encrypted one: remove it", file, provider);
        }
    }

    TimeAndRandom sources() {
        return sources;
    }

    private LockedFile lockFile(String provider) {
        ProviderName.require(provider);
        Path real = directory.admitWriting();
        ProviderLock lock = ProviderLock.acquire(real, provider, directory.protection(), lockTimeout, sources);
        boolean listed = false;
        try {
            List<String> present = directory.names();
            listed = true;
            return new LockedFile(this, directory, real, names, provider, lock, present);
        } finally {
            if (!listed) {
                lock.close();
            }
        }
    }

    private Optional<Path> legacy(String provider) {
        return names.legacy(provider).map(directory.path()::resolve);
    }
}
