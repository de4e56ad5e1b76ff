package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * Loads tokens for a page that is looked at again and again: encrypted ones in a way that asks nobody for a passphrase, and
 * that runs a program or calls a service only if a person wants to see the token. Thread-safe.
 */
final class TokenReader implements AutoCloseable {

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final OwnStorages own;
    private final ReentrantLock lock = new ReentrantLock();
    private Encrypted encrypted;
    private boolean closed;

    /**
     * @param setup of {@code atHand}; the other one has its own, so that what a program once opened is not taken for a key at
     *        hand
     */
    private record Encrypted(Path directory, SopsSetup setup, SopsTokenStorage atHand, SopsTokenStorage full) {
    }

    TokenReader(StorageSettings settings, TokenStorage storage, OwnStorages own) {
        this.settings = settings;
        this.storage = storage;
        this.own = own;
    }

    /** The name of the backend, or the class of the bean that took the place of all. */
    String backendOf(String provider) {
        return own.only().orElseGet(() -> settings.backendOf(provider));
    }

    /** Whether the application itself keeps the token: loading it may do anything. */
    boolean isForeign(String provider) {
        return own.keep(backendOf(provider));
    }

    boolean isEncrypted(String provider) {
        return !isForeign(provider) && backendOf(provider).equals(BuiltInBackends.SOPS);
    }

    /**
     * Loads a token, with programs and services if its keys need them.
     *
     * @throws io.quarkiverse.tokenstorage.TokenStorageException as the storage does
     */
    Optional<AuthToken> load(String provider) {
        return isEncrypted(provider) ? encrypted().full.load(provider) : storage.load(provider);
    }

    /**
     * Loads a token unless its keys need a program or a service.
     *
     * @throws AtHandEngine.NotTriedException if they do
     * @throws io.quarkiverse.tokenstorage.TokenStorageException as the storage does
     */
    Optional<AuthToken> loadAtHand(String provider) {
        return isEncrypted(provider) ? encrypted().atHand.load(provider) : storage.load(provider);
    }

    /** What opening a token takes that has keys of these kinds, in words. */
    String needed(List<String> kinds) {
        List<KeyService> services = sopsSetup().keyServices();
        if (services.isEmpty()) {
            return "the sops program";
        }
        List<String> needed = services.stream()
                .filter(service -> kinds.contains(service.kind().metadataName()) && !service.unwrapsAtHand())
                .map(service -> needed(service.kind())).toList();
        return needed.isEmpty() ? "a program or a service" : String.join(" or ", needed);
    }

    private static String needed(KeyKind kind) {
        return switch (kind) {
            case PGP -> "gpg";
            case KMS -> "AWS KMS";
            case AGE -> "a passphrase or a program that prints identities";
            default -> kind.metadataName();
        };
    }

    /** @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if a setting cannot be understood */
    SopsTokenStorage sopsStorage() {
        return encrypted().atHand;
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
                SopsSetup atHand = new SopsSetup(setup.age(), setup.keyServices(), new AtHandEngine(setup.engine()),
                        setup.rules());
                // They never save, so never wait for a lock
                encrypted = new Encrypted(directory, atHand, TokenStorages.sops(directory, Duration.ZERO, atHand),
                        TokenStorages.sops(directory, Duration.ZERO, SopsSetup.askingNobody(settings.options())));
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
                encrypted.atHand.close();
                encrypted.full.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
