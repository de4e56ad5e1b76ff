package io.quarkiverse.tokenstorage.sops;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Data keys that were unwrapped or made not long ago, so that a document can be read again without asking for its key again.
 * They are found by the SHA-256 of the wrapped keys of the document: whatever is cached for these is what unwrapping them
 * yields. Keys are zeroed when they expire (at the next use of the cache), when they give way, and on {@link #clear()}.
 * Thread-safe.
 */
public final class DataKeyCache implements AutoCloseable {

    /** Documents whose keys are kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 64;

    /** How long a key is kept unless told otherwise, used or not. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);

    private record Cached(DataKey key, Instant expiry) {
    }

    private final int capacity;
    private final Duration lifetime;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** In order of use, the least recent first. */
    private final Map<ByteBuffer, Cached> keys = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * @param capacity the most keys to keep; 0 keeps none
     * @param lifetime how long to keep each
     */
    public DataKeyCache(int capacity, Duration lifetime, Clock clock) {
        if (capacity < 0 || lifetime.isNegative()) {
            throw new IllegalArgumentException("The capacity or the lifetime of the data key cache is negative");
        }
        this.capacity = capacity;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public static DataKeyCache withDefaults(Clock clock) {
        return new DataKeyCache(DEFAULT_CAPACITY, DEFAULT_LIFETIME, clock);
    }

    /** A cache that keeps nothing. */
    public static DataKeyCache off() {
        return new DataKeyCache(0, Duration.ZERO, Clock.systemUTC());
    }

    /** A copy of the key that these entries wrap; the caller closes it. */
    Optional<DataKey> get(List<KeyGroup> keyGroups) {
        if (capacity == 0) {
            return Optional.empty();
        }
        ByteBuffer id = id(keyGroups);
        lock.lock();
        try {
            removeExpired();
            return Optional.ofNullable(keys.get(id)).map(cached -> cached.key().copy());
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a copy of the key that these entries wrap. */
    void put(List<KeyGroup> keyGroups, DataKey key) {
        if (capacity == 0) {
            return;
        }
        ByteBuffer id = id(keyGroups);
        lock.lock();
        try {
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

    private static ByteBuffer id(List<KeyGroup> keyGroups) {
        MessageDigest digest = sha256();
        for (KeyGroup group : keyGroups) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, group.entries().size()));
            for (KeyEntry entry : group.entries()) {
                update(digest, entry.kind().metadataName());
                update(digest, entry.identity());
                update(digest, entry.enc());
            }
        }
        return ByteBuffer.wrap(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
