package io.quarkiverse.tokenstorage.sops;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Encrypts and decrypts JSON documents the way sops does. Implementations are thread-safe. */
public interface SopsEngine extends AutoCloseable {

    /**
     * Does everything about a new document that can fail or take long before its content is known: makes a data key and has
     * every master key of the rule wrap it, compiles the selector. An engine that cannot wrap beforehand leaves this to
     * {@link PreparedEncryption#requireReady}.
     *
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if the rule cannot be followed
     */
    PreparedEncryption prepare(CreationRule rule);

    /**
     * Decrypts a document and checks its message authentication code. A data key that was unwrapped before may be taken from
     * a cache; values and code are checked every time.
     *
     * @param document the content of an encrypted file
     * @param location the name of the file, for messages
     * @return the document without its {@code sops} block
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if it is not an intact SOPS document
     * @throws io.quarkiverse.tokenstorage.DataKeyUnavailableException if no key at hand opens it
     */
    JsonObject decrypt(byte[] document, String location);

    /**
     * The same, as far as it takes neither a person nor a program nor a service. A data key that is in the cache is used, but
     * none is put there.
     *
     * @return empty if only those could tell whether the document can be decrypted
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if it is not an intact SOPS document
     * @throws io.quarkiverse.tokenstorage.DataKeyUnavailableException if no key at hand opens it
     */
    Optional<JsonObject> decryptAtHand(byte[] document, String location);

    /**
     * Asks beforehand whether this engine can {@link #rewrap} at all.
     *
     * @param location what it would be done to, for messages
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if it cannot, whatever the document
     */
    void requireRewrappable(String location);

    /**
     * The same document with its data key wrapped for the keys of a rule in place of those that it has. Values, code, time,
     * selector and version stay; what {@link KeyDifference} finds is what changes. The document is checked before, as by
     * {@link #decrypt}.
     *
     * @return the bytes that {@code sops updatekeys} would write
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if the rule cannot be followed
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if it is not an intact SOPS document
     * @throws io.quarkiverse.tokenstorage.DataKeyUnavailableException if no key at hand opens it
     */
    byte[] rewrap(byte[] document, String location, CreationRule rule);

    /**
     * The identity texts ({@link MasterKey#identity()}) of the master keys of this kind that this process can unwrap with,
     * as far as that is known without asking a service; empty if it is not known.
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if it can be known, but not at the moment
     */
    Optional<Set<String>> ownMasterKeys(KeyKind kind);

    @Override
    void close();
}
