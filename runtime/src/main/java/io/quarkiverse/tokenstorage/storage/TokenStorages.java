package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;

import io.quarkiverse.tokenstorage.TokenStorage;

/** Makes the three backends without CDI. */
public final class TokenStorages {

    private TokenStorages() {
    }

    /** Keeps tokens in this process only. */
    public static TokenStorage memory() {
        throw new IllegalStateException("to come");
    }

    /** Keeps tokens as plain JSON, readable by their owner only. */
    public static CloseableTokenStorage file(Path directory) {
        return file(directory, StorageOptions.defaults());
    }

    public static CloseableTokenStorage file(Path directory, StorageOptions options) {
        throw new IllegalStateException("to come");
    }

    /** Keeps tokens encrypted with SOPS. */
    public static CloseableTokenStorage sops(Path directory) {
        return sops(directory, StorageOptions.defaults());
    }

    public static CloseableTokenStorage sops(Path directory, StorageOptions options) {
        throw new IllegalStateException("to come");
    }
}
