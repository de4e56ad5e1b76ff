package io.quarkiverse.tokenstorage.devui;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.quarkiverse.tokenstorage.devui.TokenEntry.State;

/**
 * Reads each version of a token once, one after the other in a thread of its own, since keys may need a slow program or
 * service. Used by one thread at a time.
 */
final class EntryCache implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final EntryReader reader;
    private final ExecutorService thread;
    private final Map<String, Slot> slots = new HashMap<>();

    /**
     * @param version that is read or was
     * @param reading its outcome
     * @param before what was known of the version before; null if nothing
     */
    private record Slot(String version, Future<Optional<TokenEntry>> reading, TokenEntry before) {
    }

    EntryCache(EntryReader reader) {
        this.reader = reader;
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE.toSeconds(), TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread created = new Thread(task, "token-storage-dev-ui");
                    created.setDaemon(true);
                    return created;
                });
        executor.allowCoreThreadTimeOut(true);
        this.thread = executor;
    }

    /**
     * Has a token read, unless that was done for this version, or is still going on.
     *
     * @param file null if it is in none
     */
    void request(String provider, StoredFile file, String version) {
        Slot slot = slots.get(provider);
        if (slot == null || !slot.version.equals(version) && slot.reading.isDone()) {
            TokenEntry before = slot == null ? null : outcome(slot.reading, Duration.ZERO).orElse(null);
            slots.put(provider, new Slot(version, thread.submit(() -> reader.read(provider, file)), before));
        }
    }

    /**
     * What was read, or until that is finished what was known before.
     *
     * @param waiting how long to wait for it
     * @return empty if there is no token
     */
    Optional<TokenEntry> get(String provider, String backend, StoredFile file, Duration waiting) {
        Slot slot = slots.get(provider);
        Optional<TokenEntry> entry = outcome(slot.reading, waiting);
        if (slot.reading.isDone()) {
            return entry;
        }
        return Optional.of(slot.before != null ? slot.before
                : TokenEntry.of(provider, backend, file, State.READING, "What its keys need has not answered yet", null));
    }

    private static Optional<TokenEntry> outcome(Future<Optional<TokenEntry>> reading, Duration waiting) {
        try {
            return reading.get(waiting.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("An entry of the list could not be made: " + e.getCause().getClass().getName());
        }
    }

    void retain(Set<String> providers) {
        slots.keySet().retainAll(providers);
    }

    /** Has everything read again. */
    void clear() {
        slots.clear();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
