package io.quarkiverse.tokenstorage.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** One document for each provider name. Thread-safe, and safe between processes. */
public interface DocumentStore extends AutoCloseable {

    /**
     * Reads the current document without taking a lock.
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if there is one that cannot or must not be read
     */
    Optional<StoredDocument> read(String provider);

    boolean exists(String provider);

    /** The names of all providers with a document, sorted. */
    Set<String> providers();

    /** The absolute path that a new document of this provider will be written to; rules are matched against it. */
    Path target(String provider);

    /**
     * Whether documents can be changed here, as far as one can tell without changing anything or taking a lock.
     *
     * @return false if somebody else has made it so that they can only be read, as orchestrators do with secrets
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if it should be possible, but is not; naming the reason
     */
    boolean isWritable();

    /**
     * Takes the provider's lock, waiting at most the configured time.
     *
     * @throws io.quarkiverse.tokenstorage.LockTimeoutException if somebody else keeps it
     */
    LockedDocument lock(String provider);

    @Override
    void close();
}
