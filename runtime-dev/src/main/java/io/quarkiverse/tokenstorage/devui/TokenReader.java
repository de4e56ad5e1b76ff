package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * Loads tokens for a page that is looked at again and again: encrypted ones in a way that asks nobody for a passphrase.
 * Thread-safe.
 */
final class TokenReader implements AutoCloseable {

    static final String SOPS = "sops";

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final Optional<String> ownStorage;
    private final ReentrantLock lock = new ReentrantLock();
    private Encrypted encrypted;
    private boolean closed;

    private record Encrypted(Path directory, SopsSetup setup, SopsTokenStorage storage) {
    }

    /** @param ownStorage the class of the application's bean, if that took the place of the configured storage */
    TokenReader(StorageSettings settings, TokenStorage storage, Optional<String> ownStorage) {
        this.settings = settings;
        this.storage = storage;
        this.ownStorage = ownStorage;
    }

    String backendOf(String provider) {
        return ownStorage.orElseGet(() -> settings.backendOf(provider));
    }

    boolean isEncrypted(String provider) {
        return backendOf(provider).equals(SOPS);
    }

    /** @throws io.quarkiverse.tokenstorage.TokenStorageException as the storage does */
    Optional<AuthToken> load(String provider) {
        return isEncrypted(provider) ? encrypted().storage.load(provider) : storage.load(provider);
    }

    /** @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if a setting cannot be understood */
    SopsTokenStorage sopsStorage() {
        return encrypted().storage;
    }

    SopsSetup sopsSetup() {
        return encrypted().setup;
    }

    Path sopsDirectory() {
        return encrypted().directory;
    }

    private Encrypted encrypted() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The application has ended");
            }
            if (encrypted == null) {
                Path directory = settings.sopsDirectory();
                SopsSetup setup = SopsSetup.askingNobody(settings.options());
                // It never saves, so never waits for a lock
                encrypted = new Encrypted(directory, setup, TokenStorages.sops(directory, Duration.ZERO, setup));
            }
            return encrypted;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (encrypted != null) {
                encrypted.storage.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
