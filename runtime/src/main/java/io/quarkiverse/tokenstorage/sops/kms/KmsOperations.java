package io.quarkiverse.tokenstorage.sops.kms;

import io.quarkiverse.tokenstorage.sops.KmsKey;

/** The two calls of AWS KMS that SOPS makes. Implementations are thread-safe, and each call ends within a bounded time. */
public interface KmsOperations extends AutoCloseable {

    /**
     * {@code kms:Encrypt}.
     *
     * @param plaintext stays the caller's, who zeroes it
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if a person has to change something first
     * @throws io.quarkiverse.tokenstorage.TokenStorageException if the service cannot be reached or does not answer in time
     */
    byte[] encrypt(KmsKey key, byte[] plaintext);

    /**
     * {@code kms:Decrypt}.
     *
     * @return an array for the caller to zero
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if it is not what this key made with this context
     * @throws io.quarkiverse.tokenstorage.DataKeyUnavailableException if the service does not decrypt it for any other reason
     */
    byte[] decrypt(KmsKey key, byte[] ciphertext);

    @Override
    void close();
}
