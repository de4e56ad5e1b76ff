package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/**
 * Compares a token with the one that somebody has seen and decided about: meanwhile another process may have stored a new one,
 * which nobody wants to lose.
 */
final class SeenToken {

    private final StorageSettings settings;
    private final OwnStorages own;
    private final TokenReader tokens;
    private final TokenFingerprint fingerprint;

    SeenToken(StorageSettings settings, OwnStorages own, TokenReader tokens, TokenFingerprint fingerprint) {
        this.settings = settings;
        this.own = own;
        this.tokens = tokens;
        this.fingerprint = fingerprint;
    }

    /** It is another token now, or there is one now. */
    static final class ChangedException extends TokenStorageException {

        private static final long serialVersionUID = 1L;

        ChangedException(String message) {
            super(message);
        }
    }

    /** The directory of the files of this provider, with its locks; empty if its tokens are in none. */
    Optional<DirectoryStore> store(String provider) {
        if (tokens.isForeign(provider)) {
            return Optional.empty();
        }
        return switch (tokens.backendOf(provider)) {
            case BuiltInBackends.FILE -> Optional.of(store(settings.fileDirectory(), DocumentNames.PLAIN));
            case BuiltInBackends.SOPS -> Optional.of(store(settings.sopsDirectory(), DocumentNames.SOPS));
            default -> Optional.empty();
        };
    }

    private DirectoryStore store(Path directory, DocumentNames names) {
        return new DirectoryStore(directory, names, settings.options().lockTimeout());
    }

    /**
     * Refuses any other file than that of the token that was seen.
     *
     * @param seen null if there was no token
     * @throws ChangedException if there is another one
     */
    void requireFile(String provider, String seen) {
        require(provider, TokenDirectories.look(settings, own, tokens).file(provider).map(StoredFile::version), seen);
    }

    /**
     * Refuses any other token than the one that was seen.
     *
     * @param current the token that is stored, of which nobody can store another one at this moment
     * @param seen null if there was no token
     * @throws ChangedException if it is another one
     */
    void requireToken(String provider, Optional<AuthToken> current, String seen) {
        if (store(provider).isPresent()) {
            requireFile(provider, seen);
        } else {
            require(provider, current.map(fingerprint::of), seen);
        }
    }

    /** What has gone meanwhile cannot be lost. */
    private static void require(String provider, Optional<String> current, String seen) {
        if (current.isEmpty() || current.get().equals(seen) || "".equals(seen)) {
            return;
        }
        throw new ChangedException(seen == null
                ? "A token of " + provider + " was stored meanwhile, so nothing was changed: look at it, then try again"
                : "The token of " + provider + " has changed meanwhile, so nothing was changed: look at it, then try again");
    }
}
