package io.quarkiverse.tokenstorage.store;

/** A temporary file that waits for its content. Closing without {@link #commit} removes it and leaves the old document. */
public interface PendingReplacement extends AutoCloseable {

    /**
     * Writes the content, makes it durable and puts it in the place of the old document. When this returns, the new document
     * survives a crash of the machine; until the atomic rename within it the old one stays.
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException the old document is still the current one
     */
    void commit(byte[] content);

    @Override
    void close();
}
