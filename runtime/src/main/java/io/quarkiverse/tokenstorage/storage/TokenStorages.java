package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.time.Duration;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.DocumentStore;

/**
 * Makes the three backends without CDI. Those on disk hold caches that closing zeroes. Nothing is read or created before the
 * first use, so a storage can be made before anything is set up.
 */
public final class TokenStorages {

    private static final Logger LOG = Logger.getLogger(TokenStorages.class);

    private TokenStorages() {
    }

    /** Keeps tokens in this process only. */
    public static TokenStorage memory() {
        return memory(StorageOptions.DEFAULT_LOCK_TIMEOUT);
    }

    /** @param lockTimeout how long to wait while another thread changes the same provider's token */
    public static TokenStorage memory(Duration lockTimeout) {
        return memory(lockTimeout, LockObserver.NONE);
    }

    /**
     * The same.
     *
     * @param lockObserver is told how long other threads were waited for
     */
    public static TokenStorage memory(Duration lockTimeout, LockObserver lockObserver) {
        return new MemoryTokenStorage(lockTimeout, lockObserver);
    }

    /** Keeps tokens as plain JSON that only their owner can read; see {@link #file(Path, StorageOptions)}. */
    public static CloseableTokenStorage file(Path directory) {
        return file(directory, StorageOptions.defaults());
    }

    /**
     * Keeps tokens as plain JSON, {@code {provider}.token.json} with mode 0600. Warns once that they are not encrypted: for
     * development only.
     *
     * @param directory made when the first token is saved; a relative one starts at the working directory, or at the home
     *        directory if its first name is {@code ~}
     */
    public static CloseableTokenStorage file(Path directory, StorageOptions options) {
        Path absolute = options.environment().resolve(directory);
        LOG.debugf("Tokens are kept as plain files in %s", absolute);
        return new DocumentTokenStorage(observed(new DirectoryStore(absolute, DocumentNames.PLAIN, options.lockTimeout()),
                options), new PlainTokenCodec(absolute));
    }

    /** Keeps tokens encrypted with SOPS, rules and keys from where sops takes them; see {@link #sops(Path, StorageOptions)}. */
    public static SopsTokenStorage sops(Path directory) {
        return sops(directory, StorageOptions.defaults());
    }

    /**
     * Keeps tokens encrypted with SOPS, {@code {provider}.token.sops.json} with mode 0400. Saving needs the recipients of the
     * creation rule that matches the file, loading one of their identities; both are looked up at every use.
     *
     * @param directory made when the first token is saved; a relative one starts at the working directory, or at the home
     *        directory if its first name is {@code ~}
     */
    public static SopsTokenStorage sops(Path directory, StorageOptions options) {
        Path absolute = options.environment().resolve(directory);
        LOG.debugf("Tokens are kept encrypted in %s, by %s", absolute,
                options.sopsExecutable().map(program -> "the program " + program).orElse("the built-in engine"));
        return SopsDocumentStorage.over(observed(new DirectoryStore(absolute, DocumentNames.SOPS, options.lockTimeout()),
                options), SopsSetup.of(options));
    }

    private static DocumentStore observed(DirectoryStore store, StorageOptions options) {
        return options.lockObserver() == LockObserver.NONE ? store
                : new ObservedDocumentStore(store, new ObserverGuard<>(options.lockObserver()));
    }

    /**
     * Keeps tokens encrypted with a set-up that others may use too.
     *
     * @param directory absolute
     * @param sops is closed with the storage
     */
    public static SopsTokenStorage sops(Path directory, Duration lockTimeout, SopsSetup sops) {
        return SopsDocumentStorage.over(new DirectoryStore(directory, DocumentNames.SOPS, lockTimeout), sops);
    }

    /**
     * The backend of this name.
     *
     * @param backend {@code memory} (which ignores the directory), {@code file} or {@code sops}
     */
    public static TokenStorage of(String backend, Path directory) {
        return switch (backend) {
            case BuiltInBackends.MEMORY -> memory();
            case BuiltInBackends.FILE -> file(directory);
            case BuiltInBackends.SOPS -> sops(directory);
            default -> throw new StorageNotConfiguredException(
                    "There is no token storage '" + backend + "'; the built-in ones are memory, file and sops");
        };
    }
}
