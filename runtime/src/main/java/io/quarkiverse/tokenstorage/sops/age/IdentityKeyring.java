package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The identities that this process has met, each once, kept until {@link #close}. Thread-safe; the locks guard memory only
 * and are never held while something is read or run.
 */
final class IdentityKeyring implements AutoCloseable {

    /** What a source held when it had this content; the recipients in its order. */
    record Content(byte[] hash, Set<String> recipients, List<String> notBuiltIn) {
    }

    /** Something to do with identities while nobody zeroes them. */
    interface Use<T> {
        T with(List<AgeIdentity> identities) throws GeneralSecurityException;
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final X25519 x25519;
    private final Map<String, AgeIdentity> identities = new LinkedHashMap<>();
    private final Map<String, Content> contents = new HashMap<>();
    private boolean closed;

    IdentityKeyring(X25519 x25519) {
        this.x25519 = x25519;
    }

    /**
     * Takes in the identities of a source. Content that was there the last time costs a hash only.
     *
     * @param name of the source
     * @param text is zeroed
     * @throws IllegalArgumentException as {@link IdentityText#parse}
     */
    Content add(String name, byte[] text, boolean wordsToo) {
        try {
            byte[] hash = sha256(text);
            lock.readLock().lock();
            try {
                Content known = contents.get(name);
                if (known != null && Arrays.equals(known.hash(), hash)) {
                    return known;
                }
            } finally {
                lock.readLock().unlock();
            }
            return add(name, hash, IdentityText.parse(text, wordsToo, x25519));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private Content add(String name, byte[] hash, IdentityText text) {
        Set<String> recipients = new LinkedHashSet<>();
        lock.writeLock().lock();
        try {
            for (AgeIdentity identity : text.identities()) {
                recipients.add(identity.recipient());
                if (closed || identities.putIfAbsent(identity.recipient(), identity) != null) {
                    identity.close();
                }
            }
            Content content = new Content(hash, Collections.unmodifiableSet(recipients), text.notBuiltIn());
            contents.put(name, content);
            return content;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * @param except recipients whose identities were tried before
     * @param first the recipient whose identity is to stand first
     */
    <T> T use(Set<String> except, String first, Use<T> use) throws GeneralSecurityException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The age keys are closed");
            }
            List<AgeIdentity> chosen = new ArrayList<>(identities.size());
            for (AgeIdentity identity : identities.values()) {
                if (!except.contains(identity.recipient())) {
                    chosen.add(identity.recipient().equals(first) ? 0 : chosen.size(), identity);
                }
            }
            return use.with(chosen);
        } finally {
            lock.readLock().unlock();
        }
    }

    Set<String> recipients() {
        lock.readLock().lock();
        try {
            return Set.copyOf(identities.keySet());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            identities.values().forEach(AgeIdentity::close);
            identities.clear();
            contents.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
