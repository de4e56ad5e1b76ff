package io.quarkiverse.tokenstorage.devui;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;

/**
 * Reads each version of a token once. What may need a slow program or service has a thread of its own, so that it does not
 * hold up the rest. Thread-safe; only {@link #await} waits.
 */
final class EntryCache implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final EntryReader reader;
    private final ExecutorService quick = thread("token-storage-dev-ui");
    private final ExecutorService slow = thread("token-storage-dev-ui-slow");
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Slot> slots = new HashMap<>();

    /**
     * @param version that is read or was; empty if it has to be read again
     * @param reading its outcome
     * @param before what was known of the version before; null if nothing
     */
    private record Slot(String version, Future<Optional<TokenEntry>> reading, TokenEntry before) {
    }

    EntryCache(EntryReader reader) {
        this.reader = reader;
    }

    private static ExecutorService thread(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE.toSeconds(), TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread created = new Thread(task, name);
                    created.setDaemon(true);
                    return created;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Has a token read, unless that was done for this version, or is still going on.
     *
     * @param file null if it is in none
     * @param thorough whether programs and services may be used
     */
    void request(String provider, StoredFile file, String version, boolean thorough) {
        lock.lock();
        try {
            Slot slot = slots.get(provider);
            if (slot == null || !slot.version.equals(version) && slot.reading.isDone()) {
                ExecutorService thread = reader.mayTakeLong(provider, thorough) ? slow : quick;
                slots.put(provider, new Slot(version, thread.submit(() -> reader.read(provider, file, thorough)),
                        slot == null ? null : known(slot)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the last request for each of these is done, but no longer than that. */
    void await(Set<String> providers, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        for (Future<?> reading : readings(providers)) {
            try {
                reading.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (CancellationException | ExecutionException e) {
                // get() tells
            } catch (TimeoutException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<? extends Future<?>> readings(Set<String> providers) {
        lock.lock();
        try {
            return providers.stream().map(slots::get).filter(Objects::nonNull).map(Slot::reading).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was read, or until that is finished what was known before.
     *
     * @return empty if there is no token
     */
    Optional<TokenEntry> get(String provider, String backend, StoredFile file) {
        lock.lock();
        try {
            Slot slot = slots.get(provider);
            if (slot == null) {
                return Optional.empty();
            }
            if (!slot.reading.isDone() || slot.reading.isCancelled()) {
                return Optional.of(slot.before != null ? slot.before
                        : TokenEntry.of(provider, backend, file, State.READING, "What its keys need has not answered yet",
                                null));
            }
            return outcome(slot.reading, failure -> TokenEntry.of(provider, backend, file, State.INACCESSIBLE,
                    Outcome.reason(failure), null));
        } finally {
            lock.unlock();
        }
    }

    private static TokenEntry known(Slot slot) {
        return slot.reading.isDone() && !slot.reading.isCancelled() ? outcome(slot.reading, failure -> null).orElse(null)
                : slot.before;
    }

    /** Whatever a storage of the application throws, it must not hide the other entries. */
    private static Optional<TokenEntry> outcome(Future<Optional<TokenEntry>> done,
            Function<Throwable, TokenEntry> failed) {
        try {
            return done.get(0, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return Optional.ofNullable(failed.apply(e.getCause()));
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A person had this token opened that was not tried before. */
    void opened(String provider, AuthToken token) {
        lock.lock();
        try {
            Slot slot = slots.get(provider);
            TokenEntry entry = slot == null ? null : known(slot);
            if (entry != null && slot.reading.isDone() && entry.state() == State.NOT_TRIED) {
                slots.put(provider, new Slot(slot.version,
                        CompletableFuture.completedFuture(Optional.of(EntryReader.opened(entry, token))), null));
            }
        } finally {
            lock.unlock();
        }
    }

    void retain(Set<String> providers) {
        lock.lock();
        try {
            Set.copyOf(slots.keySet()).stream().filter(provider -> !providers.contains(provider)).forEach(this::forget);
        } finally {
            lock.unlock();
        }
    }

    /** Knows nothing of this token any more: it was replaced or removed. */
    void forget(String provider) {
        lock.lock();
        try {
            Slot slot = slots.remove(provider);
            if (slot != null) {
                slot.reading.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has everything read again, and shows meanwhile what was known. What is being read at this moment is not interrupted,
     * which a storage of the application may not be made for; what waits for it is not begun.
     */
    void clear() {
        lock.lock();
        try {
            slots.replaceAll((provider, slot) -> {
                TokenEntry before = known(slot);
                slot.reading.cancel(false);
                return new Slot("", CompletableFuture.completedFuture(Optional.ofNullable(before)), before);
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        quick.shutdownNow();
        slow.shutdownNow();
    }
}
