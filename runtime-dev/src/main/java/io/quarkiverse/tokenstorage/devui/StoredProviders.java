package io.quarkiverse.tokenstorage.devui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** Whose tokens are stored. Storages of the application are asked every few seconds only. Used by one thread at a time. */
final class StoredProviders {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final boolean foreign;
    private final Clock clock;
    /** Counts how often somebody wanted the next answer to be a new one. */
    private final AtomicInteger forgotten = new AtomicInteger();
    private int known;
    private Answer answer = new Answer(Instant.EPOCH, Set.of(), Optional.empty());

    /**
     * @param asked when
     * @param names of the providers that could be found
     * @param problem why there may be more
     */
    record Answer(Instant asked, Set<String> names, Optional<String> problem) {
    }

    StoredProviders(StorageSettings settings, TokenStorage storage, OwnStorages own, Clock clock) {
        this.settings = settings;
        this.storage = storage;
        this.foreign = own.keep(settings.defaultBackend())
                || settings.providerBackends().values().stream().anyMatch(own::keep);
        this.clock = clock;
    }

    Answer find() {
        Instant now = clock.instant();
        int wanted = forgotten.get();
        if (!foreign || wanted != known || now.isAfter(answer.asked.plus(PAUSE))) {
            answer = ask(now);
            known = wanted;
        }
        return answer;
    }

    /** Has the storages of the application asked at the next call. May be called at any time. */
    void forget() {
        forgotten.incrementAndGet();
    }

    private Answer ask(Instant now) {
        try {
            return new Answer(now, storage.providers(), Optional.empty());
        } catch (RuntimeException e) {
            return new Answer(now, single(), Optional.of(Outcome.reason(e)));
        }
    }

    /** Where one storage does not answer, those that have a storage of their own may be found even so. */
    private Set<String> single() {
        Set<String> names = new TreeSet<>();
        for (String provider : settings.providerBackends().keySet()) {
            try {
                if (storage.exists(provider)) {
                    names.add(provider);
                }
            } catch (RuntimeException e) {
                // its storage is the one that does not answer
            }
        }
        return names;
    }

    /** The providers that the configuration names. */
    Set<String> configured() {
        Set<String> names = new TreeSet<>(settings.providerBackends().keySet());
        settings.defaultProvider().ifPresent(names::add);
        return names;
    }
}
