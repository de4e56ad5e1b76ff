package io.quarkiverse.tokenstorage.sops.pgp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys that could not be used a moment ago. A hostile file can have hundreds of entries for one key: a person is to refuse it
 * once and not for each of them, and a gpg that hangs is waited for once. Thread-safe.
 */
final class RecentRefusals {

    static final Duration LIFETIME = Duration.ofSeconds(5);

    private static final int MOST = 64;
    private static final List<String> ANY_KEY = List.of();

    private record Refusal(String reason, Instant expiry) {
    }

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<String>, Refusal> refusals = new HashMap<>();

    RecentRefusals(Clock clock) {
        this.clock = clock;
    }

    void add(List<String> keyIds, String reason) {
        lock.lock();
        try {
            Instant now = clock.instant();
            refusals.values().removeIf(refusal -> refusal.expiry().isBefore(now));
            if (refusals.size() < MOST) {
                refusals.put(List.copyOf(keyIds), new Refusal(reason, now.plus(LIFETIME)));
            }
        } finally {
            lock.unlock();
        }
    }

    void addForAnyKey(String reason) {
        add(ANY_KEY, reason);
    }

    /** Why a message for these keys need not be tried again yet. */
    Optional<String> reason(List<String> keyIds) {
        lock.lock();
        try {
            Instant now = clock.instant();
            return Optional.ofNullable(refusals.getOrDefault(keyIds, refusals.get(ANY_KEY)))
                    .filter(refusal -> now.isBefore(refusal.expiry())).map(Refusal::reason);
        } finally {
            lock.unlock();
        }
    }
}
