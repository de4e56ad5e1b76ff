package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.HeldLock;

/**
 * The list of stored tokens, to be asked for every second or two: as long as no file changes, none is opened. Thread-safe.
 */
final class TokenCatalog implements AutoCloseable {

    /** How long an answer is put off until new entries are read. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** How long a token of the application's own storage is taken for unchanged. */
    private static final Duration FOREIGN_LIFETIME = Duration.ofSeconds(5);
    private static final String MEMORY = "memory";
    private static final Map<String, DocumentNames> CODECS = Map.of("file", DocumentNames.PLAIN, TokenReader.SOPS,
            DocumentNames.SOPS);

    private final StorageSettings settings;
    private final TokenReader tokens;
    private final StoredProviders providers;
    private final EntryCache cache;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private List<TokenEntry> entries = List.of();
    private Optional<String> problem = Optional.empty();
    private long revision;

    TokenCatalog(StorageSettings settings, TokenReader tokens, StoredProviders providers, EntryCache cache, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.providers = providers;
        this.cache = cache;
        this.clock = clock;
        // Another one after a restart, so that nobody's known revision is taken for that of the new list
        this.revision = clock.millis();
    }

    /** @param known the revision that whoever asks has, or any other number */
    TokenList list(long known) {
        lock.lock();
        try {
            StoredProviders.Answer found = providers.find();
            Map<String, StoredFiles> directories = directories();
            List<TokenEntry> current = entries(found.names(), directories);
            if (!current.equals(entries) || !found.problem().equals(problem)) {
                entries = current;
                problem = found.problem();
                revision++;
            }
            return new TokenList(revision, clock.millis(), known == revision ? null : entries, problem.orElse(null),
                    directories.values().stream().map(files -> files.directory().toString()).distinct().toList());
        } finally {
            lock.unlock();
        }
    }

    /** Has everything read again: keys and rules may have changed, which no token file shows. */
    void refresh() {
        lock.lock();
        try {
            cache.clear();
            providers.forget();
        } finally {
            lock.unlock();
        }
    }

    private List<TokenEntry> entries(Set<String> stored, Map<String, StoredFiles> directories) {
        Map<String, Optional<StoredFile>> files = new LinkedHashMap<>();
        stored.forEach(provider -> files.put(provider, file(provider, directories)));
        cache.retain(stored);
        files.forEach((provider, file) -> cache.request(provider, file.orElse(null), version(provider, file)));
        List<TokenEntry> result = new ArrayList<>();
        Instant deadline = clock.instant().plus(PATIENCE);
        Set<String> shown = new LinkedHashSet<>();
        files.forEach((provider, file) -> {
            Duration left = Duration.between(clock.instant(), deadline);
            cache.get(provider, tokens.backendOf(provider), file.orElse(null), left.isNegative() ? Duration.ZERO : left)
                    .map(entry -> entry.lockedBy(holder(provider, directories))).ifPresent(entry -> {
                        result.add(entry);
                        shown.add(provider);
                    });
        });
        providers.configured().stream().filter(provider -> !shown.contains(provider)).forEach(provider -> result.add(
                TokenEntry.of(provider, tokens.backendOf(provider), null, State.ABSENT, null, null)));
        result.addAll(unused(files, directories));
        result.sort(Comparator.comparing(TokenEntry::provider));
        return result;
    }

    /** Backend name to the files of its directory. */
    private Map<String, StoredFiles> directories() {
        Map<Path, StoredFiles> listed = new LinkedHashMap<>();
        Map<String, StoredFiles> directories = new TreeMap<>();
        for (String backend : CODECS.keySet()) {
            if (settings.defaultBackend().equals(backend) || settings.providerBackends().containsValue(backend)) {
                try {
                    Path directory = backend.equals(TokenReader.SOPS) ? settings.sopsDirectory() : settings.fileDirectory();
                    directories.put(backend, listed.computeIfAbsent(directory, StoredFiles::in));
                } catch (StorageNotConfiguredException e) {
                    // loading says so
                }
            }
        }
        return directories;
    }

    private Optional<StoredFile> file(String provider, Map<String, StoredFiles> directories) {
        String backend = tokens.backendOf(provider);
        return Optional.ofNullable(directories.get(backend)).flatMap(files -> files.of(provider, CODECS.get(backend)));
    }

    private String version(String provider, Optional<StoredFile> file) {
        if (file.isPresent()) {
            return file.get().version();
        }
        long now = clock.millis();
        return Long.toString(tokens.backendOf(provider).equals(MEMORY) ? now : now / FOREIGN_LIFETIME.toMillis());
    }

    private String holder(String provider, Map<String, StoredFiles> directories) {
        StoredFiles files = directories.get(tokens.backendOf(provider));
        return files == null ? null : HeldLock.of(files.directory(), provider).map(HeldLock::holder).orElse(null);
    }

    private static List<TokenEntry> unused(Map<String, Optional<StoredFile>> files, Map<String, StoredFiles> directories) {
        List<StoredFile> used = files.values().stream().flatMap(Optional::stream).toList();
        return directories.values().stream().distinct().flatMap(directory -> directory.others(used).stream())
                .map(other -> TokenEntry.of(other.getKey(), codec(other.getValue()), other.getValue(), State.UNUSED,
                        "The application keeps this provider's token elsewhere and does not look at this file", null))
                .toList();
    }

    private static String codec(StoredFile file) {
        return DocumentNames.PLAIN.provider(file.name()).isPresent() ? "file" : TokenReader.SOPS;
    }

    @Override
    public void close() {
        cache.close();
    }
}
