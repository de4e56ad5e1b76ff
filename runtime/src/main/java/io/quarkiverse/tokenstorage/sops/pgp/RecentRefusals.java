package io.quarkiverse.tokenstorage.sops.pgp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys that could not be used a moment ago. A hostile file can have hundreds of entries for one key: a person is to refuse it
 * once and not for each of them, and a gpg that hangs over a key is waited for once. Thread-safe.
 */
final class RecentRefusals {

    static final Duration LIFETIME = Duration.ofSeconds(5);

    private static final int MOST = 64;

    private record Refusal(String reason, Instant expiry) {
    }

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Refusal> refusals = new HashMap<>();

    RecentRefusals(Clock clock) {
        this.clock = clock;
    }

    void add(Collection<String> keyIds, String reason) {
        lock.lock();
        try {
            Instant now = clock.instant();
            refusals.values().removeIf(refusal -> refusal.expiry().isBefore(now));
            for (String keyId : keyIds) {
                if (refusals.size() < MOST) {
                    refusals.put(keyId, new Refusal(reason, now.plus(LIFETIME)));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why a message for these keys need not be tried again yet: one of them was refused. That others are named beside it means
     * nothing, for anybody can name any.
     */
    Optional<String> reason(Collection<String> keyIds) {
        lock.lock();
        try {
            Instant now = clock.instant();
            return keyIds.stream().map(refusals::get).filter(refusal -> refusal != null && now.isBefore(refusal.expiry()))
                    .map(Refusal::reason).findFirst();
        } finally {
            lock.unlock();
        }
    }
}
