package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** The encryption of one new document, ready but for its content. Holds a data key: close it. Not thread-safe. */
public interface PreparedEncryption extends AutoCloseable {

    CreationRule rule();

    /** Which values of the document will be encrypted. */
    ValueSelection selection();

    /**
     * Encrypts the content; pure computation, to be called once.
     *
     * @param plain a document without a top-level {@code sops} member
     * @return the bytes that sops would write
     */
    byte[] encrypt(JsonObject plain);

    /** Zeroes the data key. */
    @Override
    void close();
}
