package io.quarkiverse.tokenstorage.sops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * Data keys that were unwrapped or made not long ago, so that a document can be read again without asking for its key again.
 * They are found by their {@link DataKeyId}: what is cached for it is what opening the entries yields. A document whose entries
 * differ has to be opened anew.
 * <p>
 * Keys are zeroed when they expire (at the next use of the cache), when they give way, on {@link #clear()}, and all of them
 * when the private keys at hand have changed, so that taking a private key away counts at once. What "changed" means is told
 * by {@link KeyService#identityState}: for age that one of the places of identities has another file, or none; for keys that
 * are out of sight, such as those of a cloud service or a smart card, nothing tells, and the lifetime is what bounds how long
 * a lost permission goes unnoticed. Thread-safe.
 */
public final class DataKeyCache implements AutoCloseable {

    /** Documents whose keys are kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 64;

    /** How long a key is kept unless told otherwise, used or not. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);

    private static final Logger LOG = Logger.getLogger(DataKeyCache.class);

    private record Cached(DataKey key, Instant expiry) {
    }

    private final int capacity;
    private final Duration lifetime;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** In order of use, the least recent first. */
    private final Map<DataKeyId, Cached> keys = new LinkedHashMap<>(16, 0.75f, true);
    /** What the private keys of each kind were when it was used the last time. */
    private final Map<KeyKind, Object> identities = new EnumMap<>(KeyKind.class);
    private boolean closed;

    /**
     * @param capacity the most keys to keep; 0 keeps none
     * @param lifetime how long to keep each; zero keeps none
     */
    public DataKeyCache(int capacity, Duration lifetime, Clock clock) {
        if (capacity < 0 || lifetime.isNegative()) {
            throw new IllegalArgumentException("The capacity or the lifetime of the data key cache is negative");
        }
        this.capacity = capacity;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A cache that keeps nothing. */
    public static DataKeyCache off() {
        return new DataKeyCache(0, Duration.ZERO, Clock.systemUTC());
    }

    /** Whether it keeps nothing at all. */
    boolean isOff() {
        return capacity == 0 || lifetime.isZero();
    }

    /**
     * Where the key that these entries wrap is kept.
     *
     * @param threshold how many groups are needed, as the document says
     * @param identityStates stand for the private keys at hand of each kind that the entries have, from before the entries are
     *        opened
     */
    Place place(List<KeyGroup> keyGroups, int threshold, Map<KeyKind, Object> identityStates) {
        return new Place(isOff() ? Optional.empty() : Optional.of(DataKeyId.of(keyGroups, threshold)), identityStates);
    }

    /** The place of one key, whether it is there or not. */
    final class Place {

        /** Empty if nothing is kept anyway. */
        private final Optional<DataKeyId> id;
        private final Map<KeyKind, Object> identityStates;

        private Place(Optional<DataKeyId> id, Map<KeyKind, Object> identityStates) {
            this.id = id;
            this.identityStates = identityStates;
        }

        /** A copy of the key; the caller closes it. */
        Optional<DataKey> get() {
            return id.flatMap(known -> DataKeyCache.this.get(known, identityStates));
        }

        /** Keeps a copy of the key. */
        void put(DataKey key) {
            id.ifPresent(known -> DataKeyCache.this.put(known, key, identityStates));
        }
    }

    private Optional<DataKey> get(DataKeyId id, Map<KeyKind, Object> identityStates) {
        lock.lock();
        try {
            clearIfOther(identityStates);
            removeExpired();
            return Optional.ofNullable(keys.get(id)).map(cached -> cached.key().copy());
        } finally {
            lock.unlock();
        }
    }

    private void put(DataKeyId id, DataKey key, Map<KeyKind, Object> identityStates) {
        lock.lock();
        try {
            clearIfOther(identityStates);
            removeExpired();
            if (closed) {
                return;
            }
            Cached replaced = keys.put(id, new Cached(key.copy(), clock.instant().plus(lifetime)));
            if (replaced != null) {
                replaced.key().close();
            }
            if (keys.size() > capacity) {
                Iterator<Cached> leastRecent = keys.values().iterator();
                leastRecent.next().key().close();
                leastRecent.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void clearIfOther(Map<KeyKind, Object> identityStates) {
        identityStates.forEach((kind, state) -> {
            Object before = identities.put(kind, state);
            if (before != null && !before.equals(state)) {
                LOG.debugf("The %s identities have changed, %d remembered data keys are forgotten", kind.metadataName(),
                        keys.size());
                clear();
            }
        });
    }

    private void removeExpired() {
        Instant now = clock.instant();
        keys.values().removeIf(cached -> {
            boolean expired = !now.isBefore(cached.expiry());
            if (expired) {
                cached.key().close();
            }
            return expired;
        });
    }

    /** Forgets all keys. */
    public void clear() {
        lock.lock();
        try {
            keys.values().forEach(cached -> cached.key().close());
            keys.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all keys and keeps none from now on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            clear();
        } finally {
            lock.unlock();
        }
    }
}
