package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;

/** The encryption of one new document, ready but for its content. Holds a data key: close it. Not thread-safe. */
public interface PreparedEncryption extends AutoCloseable {

    CreationRule rule();

    /** Which values of the document will be encrypted. */
    ValueSelection selection();

    /**
     * Makes sure that {@link #encrypt} will succeed, as far as that can be known before. To be called where its failure would
     * cost more than trying: before a refresh token is spent whose successor is to be encrypted.
     *
     * @throws io.quarkiverse.tokenstorage.TokenStorageException if it would not; says why
     */
    default void requireReady() {
        // The data key is wrapped already: what is left to do is pure computation
    }

    /**
     * Encrypts the content, to be called once. Pure computation, unless the engine says otherwise.
     *
     * @param plain a document without a top-level {@code sops} member
     * @return the bytes that sops would write
     * @throws AlreadyEncryptedException if it has such a member
     */
    byte[] encrypt(JsonObject plain);

    /** Zeroes the data key. */
    @Override
    void close();
}
