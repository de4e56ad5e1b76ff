package io.quarkiverse.tokenstorage.devui;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/**
 * The list of stored tokens, to be asked for every second or two: as long as no file changes, no token file is opened, only the
 * notes about locks are. Thread-safe; whoever asks while another is still looking gets the list before.
 */
final class TokenCatalog implements AutoCloseable {

    /** How long an answer is put off until new entries are read. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** How long a token of the application's own storage is taken for unchanged. */
    private static final Duration FOREIGN_LIFETIME = Duration.ofSeconds(5);

    private final StorageSettings settings;
    private final OwnStorages own;
    private final TokenReader tokens;
    private final StoredProviders providers;
    private final EntryCache cache;
    private final Clock clock;
    /** Held while the storages are asked whose tokens they have, which may take any time. */
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicBoolean wantsAll = new AtomicBoolean();
    private final AtomicReference<Shown> shown;
    private volatile int count;
    private long looks;

    /**
     * What was answered last.
     *
     * @param look its number
     */
    private record Shown(long look, long revision, List<TokenEntry> entries, Optional<String> problem,
            List<String> directories) {
    }

    /**
     * What was found at one moment.
     *
     * @param number of the looks since the start
     * @param files provider to its file, for all that have a token
     */
    private record Look(long number, Optional<String> problem, TokenDirectories directories,
            Map<String, Optional<StoredFile>> files) {
    }

    TokenCatalog(StorageSettings settings, OwnStorages own, TokenReader tokens, StoredProviders providers, EntryCache cache,
            Clock clock) {
        this.settings = settings;
        this.own = own;
        this.tokens = tokens;
        this.providers = providers;
        this.cache = cache;
        this.clock = clock;
        // Another revision after a restart, so that nobody's known one is taken for that of the new list
        this.shown = new AtomicReference<>(new Shown(0, clock.millis(), List.of(),
                Optional.of("The storage has not told yet whose tokens it has"), List.of()));
    }

    /** @param known the revision that whoever asks has, or any other number */
    TokenList list(long known) {
        look().ifPresent(look -> {
            cache.await(look.files.keySet(), PATIENCE);
            publish(look);
        });
        Shown now = shown.get();
        return new TokenList(now.revision, clock.millis(), known == now.revision ? null : now.entries,
                now.problem.orElse(null), now.directories);
    }

    /** Has everything read again, with all programs and services: keys and rules may have changed, which no file shows. */
    TokenList refresh() {
        wantsAll.set(true);
        providers.forget();
        return list(-1);
    }

    /** How many tokens are stored. */
    int count() {
        if (acquire()) {
            try {
                count = providers.find().names().size();
            } finally {
                looking.unlock();
            }
        }
        return count;
    }

    /** A token was stored or removed here, which not every storage shows. */
    void changed(String provider) {
        providers.forget();
        cache.forget(provider);
    }

    /** A person had this token opened. */
    void opened(String provider, AuthToken token) {
        cache.opened(provider, token);
    }

    private Optional<Look> look() {
        if (!acquire()) {
            return Optional.empty();
        }
        try {
            StoredProviders.Answer found = providers.find();
            count = found.names().size();
            TokenDirectories directories = TokenDirectories.look(settings, own, tokens);
            Map<String, Optional<StoredFile>> files = new LinkedHashMap<>();
            found.names().forEach(provider -> files.put(provider, directories.file(provider)));
            boolean thorough = wantsAll.getAndSet(false);
            if (thorough) {
                cache.clear();
            }
            cache.retain(files.keySet());
            files.forEach((provider, file) -> cache.request(provider, file.orElse(null), version(provider, file), thorough));
            return Optional.of(new Look(++looks, found.problem(), directories, files));
        } finally {
            looking.unlock();
        }
    }

    private boolean acquire() {
        try {
            return looking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void publish(Look look) {
        List<TokenEntry> entries = entries(look);
        List<String> places = look.directories.paths();
        shown.updateAndGet(last -> {
            if (look.number < last.look) {
                return last;
            }
            boolean same = entries.equals(last.entries) && look.problem.equals(last.problem);
            return new Shown(look.number, same ? last.revision : last.revision + 1, entries, look.problem, places);
        });
    }

    private List<TokenEntry> entries(Look look) {
        List<TokenEntry> result = new ArrayList<>();
        look.files.forEach((provider, file) -> cache.get(provider, tokens.backendOf(provider), file.orElse(null))
                .map(entry -> entry.lockedBy(look.directories.holder(provider))).ifPresent(result::add));
        List<TokenEntry> others = look.directories.others(look.files, look.problem);
        Set<String> named = Stream.concat(result.stream(), others.stream()).filter(entry -> entry.state() != State.UNUSED)
                .map(TokenEntry::provider)
                .collect(Collectors.toSet());
        providers.configured().stream().filter(provider -> !named.contains(provider)).forEach(provider -> result.add(
                TokenEntry.of(provider, tokens.backendOf(provider), null, State.ABSENT, null, null)));
        result.addAll(others);
        result.sort(Comparator.comparing(TokenEntry::provider));
        return result;
    }

    private String version(String provider, Optional<StoredFile> file) {
        if (file.isPresent()) {
            return file.get().version();
        }
        long now = clock.millis();
        return Long.toString(!tokens.isForeign(provider) && tokens.backendOf(provider).equals(BuiltInBackends.MEMORY) ? now
                : now / FOREIGN_LIFETIME.toMillis());
    }

    @Override
    public void close() {
        cache.close();
    }
}
