package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.HeldLock;

/** What one look at the directories of the backends in use has found. */
final class TokenDirectories {

    private static final Map<String, DocumentNames> CODECS = Map.of(BuiltInBackends.FILE, DocumentNames.PLAIN,
            BuiltInBackends.SOPS,
            DocumentNames.SOPS);

    private final TokenReader tokens;
    /** Backend name to the files of its directory. */
    private final Map<String, StoredFiles> byBackend;

    private TokenDirectories(TokenReader tokens, Map<String, StoredFiles> byBackend) {
        this.tokens = tokens;
        this.byBackend = byBackend;
    }

    static TokenDirectories look(StorageSettings settings, OwnStorages own, TokenReader tokens) {
        Map<Path, StoredFiles> listed = new LinkedHashMap<>();
        Map<String, StoredFiles> byBackend = new TreeMap<>();
        for (String backend : CODECS.keySet()) {
            if (!own.keep(backend) && (settings.defaultBackend().equals(backend)
                    || settings.providerBackends().containsValue(backend))) {
                try {
                    Path directory = backend.equals(BuiltInBackends.SOPS) ? settings.sopsDirectory() : settings.fileDirectory();
                    byBackend.put(backend, listed.computeIfAbsent(directory, StoredFiles::in));
                } catch (StorageNotConfiguredException e) {
                    // loading says so
                }
            }
        }
        return new TokenDirectories(tokens, byBackend);
    }

    List<String> paths() {
        return byBackend.values().stream().map(files -> files.directory().toString()).distinct().toList();
    }

    /** The file of this provider; empty if its backend has none. */
    Optional<StoredFile> file(String provider) {
        String backend = tokens.backendOf(provider);
        return Optional.ofNullable(byBackend.get(backend)).flatMap(files -> files.of(provider, CODECS.get(backend)));
    }

    /** Who holds the lock of this provider; null if nobody is seen to. */
    String holder(String provider) {
        StoredFiles files = byBackend.get(tokens.backendOf(provider));
        return files == null ? null : HeldLock.of(files.directory(), provider).map(HeldLock::holder).orElse(null);
    }

    /**
     * Files that hold no token of the application, or one that it cannot be asked for.
     *
     * @param stored provider to its file, for all that have a token
     * @param problem why there may be more tokens
     */
    List<TokenEntry> others(Map<String, Optional<StoredFile>> stored, Optional<String> problem) {
        List<StoredFile> used = stored.values().stream().flatMap(Optional::stream).toList();
        return byBackend.values().stream().distinct().flatMap(directory -> directory.others(used).stream().map(other -> other(
                directory, other.getKey(), other.getValue(), problem.filter(any -> !stored.containsKey(other.getKey())))))
                .toList();
    }

    private TokenEntry other(StoredFiles directory, String provider, StoredFile file, Optional<String> problem) {
        String codec = DocumentNames.PLAIN.provider(file.name()).isPresent() ? BuiltInBackends.FILE : BuiltInBackends.SOPS;
        if (directory.isDirectory(file)) {
            return TokenEntry.of(provider, codec, file, State.UNUSED, "It is a directory, not a file: no token is in it",
                    "remove it");
        }
        if (problem.isPresent() && tokens.backendOf(provider).equals(codec)) {
            return TokenEntry.of(provider, codec, file, State.INACCESSIBLE, problem.get(), null);
        }
        return TokenEntry.of(provider, codec, file, State.UNUSED,
                "The application keeps this provider's token elsewhere and does not look at this file", null);
    }
}
