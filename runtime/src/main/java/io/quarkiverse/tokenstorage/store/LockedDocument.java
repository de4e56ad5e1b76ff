package io.quarkiverse.tokenstorage.store;

import java.util.Optional;

/** A provider's document while the calling thread holds its lock. Used by that thread only; closing releases the lock. */
public interface LockedDocument extends AutoCloseable {

    /** The current document. */
    Optional<StoredDocument> read();

    /**
     * Does everything about a replacement that can fail before its content is known: checks the directory, sweeps left-over
     * temporary files of this provider, creates the temporary file and reserves space.
     *
     * @param expectedSize a generous guess of the content's size in bytes
     */
    PendingReplacement prepareReplacement(int expectedSize);

    /**
     * Fails if the document cannot be replaced though its directory can be written to: it is itself a mount point. A
     * {@linkplain PendingReplacement#commit commit} would fail too; asking before costs more than the rest of a preparation,
     * and is for those who cannot ask again.
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException names the file and the remedy
     */
    void requireNotMounted();

    /**
     * Removes the document, older names of it first.
     *
     * @return whether there was one
     */
    boolean delete();

    @Override
    void close();
}
