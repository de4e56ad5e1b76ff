package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;

/** Looks at encrypted tokens without any key. Thread-safe. */
public interface TokenInspection {

    /**
     * What the file of a provider shows in clear, if its creation rule left something so. Nobody has checked it: decide
     * nothing by it.
     *
     * @return empty if there is no file of this provider
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if even without a key one sees that sops would not accept
     *         the file
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if it cannot or must not be read
     */
    Optional<UnverifiedToken> inspect(String provider);
}
