package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Turns tokens into documents and back. Thread-safe. */
interface TokenCodec extends AutoCloseable {

    AuthToken decode(StoredDocument document);

    /**
     * The same, as far as it takes neither a person nor a program nor a service. What it finds is not remembered.
     *
     * @return empty if that cannot be told so
     */
    Optional<AuthToken> decodeAtHand(StoredDocument document);

    /**
     * Refuses if no token could be encoded for this file and read again, as far as it takes neither a person nor a program nor
     * a service to tell.
     *
     * @throws io.quarkiverse.tokenstorage.TokenStorageException naming the reason and the fix
     */
    void requireSavable(Path target);

    /**
     * Refuses if it is not configured how to encode. Asked before anything is made on disk.
     *
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException naming the reason and the fix
     */
    void requireConfigured(Path target);

    /**
     * Does everything about encoding that can fail before the token is known.
     *
     * @param target where the document will be written
     * @param replaced the document that the new one will replace
     */
    PreparedEncoding prepare(Path target, Optional<StoredDocument> replaced);

    /** Zeroes what is kept. */
    @Override
    void close();

    /** An encoding that waits for its token. Not thread-safe; close it. */
    interface PreparedEncoding extends AutoCloseable {

        /**
         * Refuses if some token would not be kept as it must be, whatever the next token contains, or if encoding would fail as
         * far as that can be known.
         *
         * @throws io.quarkiverse.tokenstorage.TokenStorageException naming the reason and the fix
         */
        void requireFitForAnyToken();

        byte[] encode(AuthToken token);

        @Override
        void close();
    }
}
