package io.quarkiverse.tokenstorage.storage;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.LockTimeoutException;

/** Keeps tokens in this process; they are gone when it ends. */
final class MemoryTokenStorage extends AbstractTokenStorage {

    /** Far enough away never to come, near enough never to overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

    private final Map<String, AuthToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Duration lockTimeout;
    private final ObserverGuard<LockObserver> lockObserver;

    MemoryTokenStorage(Duration lockTimeout, LockObserver lockObserver) {
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("The lock timeout is negative: " + lockTimeout);
        }
        this.lockTimeout = lockTimeout.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : lockTimeout;
        this.lockObserver = new ObserverGuard<>(lockObserver);
    }

    @Override
    protected void doSave(String provider, AuthToken token) {
        try {
            locked(provider, () -> tokens.put(provider, token));
        } catch (LockTimeoutException e) {
            throw e.carrying(token);
        }
    }

    @Override
    protected Optional<AuthToken> doLoad(String provider) {
        return Optional.ofNullable(tokens.get(provider));
    }

    @Override
    protected boolean doDelete(String provider) {
        return locked(provider, () -> tokens.remove(provider) != null);
    }

    @Override
    protected boolean doExists(String provider) {
        return tokens.containsKey(provider);
    }

    @Override
    public Set<String> providers() {
        return Collections.unmodifiableSet(new TreeSet<>(tokens.keySet()));
    }

    @Override
    protected Optional<AuthToken> doUpdate(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return locked(provider, () -> {
            Optional<AuthToken> next = change.apply(doLoad(provider));
            next.ifPresentOrElse(token -> tokens.put(provider, token), () -> tokens.remove(provider));
            return next;
        });
    }

    private <T> T locked(String provider, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(provider, name -> new ReentrantLock());
        acquire(lock, provider);
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void acquire(ReentrantLock lock, String provider) {
        long start = System.nanoTime();
        try {
            // A free lock is taken even by an interrupted thread: its token may be worth a spent refresh token
            if (!lock.tryLock() && !lock.tryLock(lockTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LockTimeoutException("The token of '" + provider
                        + "' is being changed by another thread of this process; waited " + lockTimeout.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeoutException("Interrupted while waiting for the lock of '" + provider + "'");
        } finally {
            long nanos = System.nanoTime() - start;
            lockObserver.tell(watching -> watching.awaited(lock.isHeldByCurrentThread(), nanos));
        }
    }
}
