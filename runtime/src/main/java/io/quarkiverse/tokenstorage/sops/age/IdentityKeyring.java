package io.quarkiverse.tokenstorage.sops.age;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * The identities that this process has met, each once, kept until {@link #close}, or until none of the sources holds it any
 * more. Thread-safe; the locks guard memory only and are never held while something is read or run.
 */
final class IdentityKeyring implements AutoCloseable {

    /**
     * What a source held when it had this content.
     *
     * @param recipients in its order; of what is locked, as far as they are known
     * @param problems what cannot be used, and why
     * @param further whether what the source held before counts as well: a program prints what it is asked for
     */
    record Content(String name, byte[] hash, Set<String> recipients, List<String> problems,
            Optional<LockedIdentities> locked, boolean further) {
    }

    /** Something to do with identities while nobody zeroes them. */
    interface Use<T> {
        T with(List<? extends Identity> identities) throws GeneralSecurityException;
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final X25519 x25519;
    private final Map<String, Identity> identities = new LinkedHashMap<>();
    /** In the order in which the sources were first read. */
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private boolean closed;

    IdentityKeyring(X25519 x25519) {
        this.x25519 = x25519;
    }

    /**
     * Takes in the identities of a source. Content that was there the last time costs a hash only.
     *
     * @param bytes are zeroed
     * @throws IllegalArgumentException as {@link SourceContent#parse}
     */
    Content add(IdentitySource source, byte[] bytes) {
        try {
            byte[] hash = sha256(bytes);
            lock.readLock().lock();
            try {
                Content known = contents.get(source.name());
                if (known != null && Arrays.equals(known.hash(), hash)) {
                    return known;
                }
            } finally {
                lock.readLock().unlock();
            }
            SourceContent content = SourceContent.parse(source, bytes, x25519);
            return add(source.name(), hash, content.text(), content.locked(), source.isOutput());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Takes in what was under a passphrase. */
    void addUnlocked(Content content, IdentityText text) {
        add(content.name(), content.hash(), text, Optional.empty(), content.further());
    }

    private Content add(String name, byte[] hash, IdentityText text, Optional<LockedIdentities> locked, boolean further) {
        Set<String> recipients = new LinkedHashSet<>();
        locked.flatMap(LockedIdentities::publicKey).ifPresent(key -> recipients.add(key.text()));
        lock.writeLock().lock();
        try {
            for (Identity identity : text.identities()) {
                recipients.add(identity.recipient());
                if (closed || identities.putIfAbsent(identity.recipient(), identity) != null) {
                    identity.close();
                }
            }
            Content before = contents.get(name);
            if (further && before != null) {
                recipients.addAll(before.recipients());
            }
            Content content = new Content(name, hash, Collections.unmodifiableSet(recipients), text.unusable(), locked,
                    further);
            contents.put(name, content);
            return content;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forgets what other sources than these held, and zeroes the identities that are in none any more. */
    void retain(Set<String> sources) {
        lock.writeLock().lock();
        try {
            contents.keySet().retainAll(sources);
            identities.values().removeIf(identity -> {
                boolean gone = contents.values().stream()
                        .noneMatch(content -> content.recipients().contains(identity.recipient()));
                if (gone) {
                    identity.close();
                }
                return gone;
            });
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The hashes of what the sources hold. */
    Set<ByteBuffer> hashes() {
        lock.readLock().lock();
        try {
            return contents.values().stream().map(content -> ByteBuffer.wrap(content.hash())).collect(Collectors.toSet());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Sources that are still under a passphrase. */
    List<Content> locked() {
        lock.readLock().lock();
        try {
            return contents.values().stream().filter(content -> content.locked().isPresent()).toList();
        } finally {
            lock.readLock().unlock();
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
            List<Identity> chosen = new ArrayList<>(identities.size());
            for (Identity identity : identities.values()) {
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
            identities.values().forEach(Identity::close);
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
