package io.quarkiverse.tokenstorage.sops.age;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Opens identities under a passphrase, each once: whoever shares one of these is asked only the first time. Who gave a wrong
 * answer is not asked again at once, but after a minute, for a vault may be corrected while the process runs. Closing zeroes
 * what was opened. Thread-safe.
 */
public final class IdentityUnlocking implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 3;
    /** A person looks for a passphrase for so long, while other threads wait. */
    private static final long LONGEST_WAIT_MINUTES = 5;

    private static final Duration REFUSED = Duration.ofMinutes(1);
    /** As many are remembered, opened and refused ones each; the oldest give way. */
    private static final int MOST_REMEMBERED = 64;

    private final PassphraseSource passphrases;
    private final LongSupplier nanoTime;
    /** Held while somebody is asked. */
    private final ReentrantLock asking = new ReentrantLock();
    /** Guards what follows, for moments only. */
    private final ReentrantLock memory = new ReentrantLock();
    private final Map<ByteBuffer, byte[]> opened = new LinkedHashMap<>();
    /** When. */
    private final Map<ByteBuffer, Long> refused = new LinkedHashMap<>();
    private boolean closed;

    public IdentityUnlocking(PassphraseSource passphrases) {
        this(passphrases, System::nanoTime);
    }

    IdentityUnlocking(PassphraseSource passphrases, LongSupplier nanoTime) {
        this.passphrases = passphrases;
        this.nanoTime = nanoTime;
    }

    /** For a process that has nobody to ask. */
    public static IdentityUnlocking unattended() {
        return new IdentityUnlocking(PassphraseSource.NONE);
    }

    /** Whether there may be somebody to ask at this moment. */
    public boolean canAsk() {
        return passphrases.canAsk();
    }

    /**
     * @param hash of the locked content
     * @return the content in clear; the caller zeroes it
     */
    byte[] open(LockedIdentities locked, byte[] hash) throws LockedIdentityException {
        try {
            if (!asking.tryLock(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES)) {
                throw new LockedIdentityException(locked.label() + ": another thread has been asking for a passphrase for "
                        + LONGEST_WAIT_MINUTES + " minutes", true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockedIdentityException(locked.label() + ": waiting for its passphrase was interrupted", true);
        }
        try {
            ByteBuffer key = ByteBuffer.wrap(hash.clone());
            Optional<byte[]> known = remembered(locked, key);
            if (known.isPresent()) {
                return known.get();
            }
            byte[] plain = ask(locked, key);
            remember(key, plain);
            return plain;
        } finally {
            asking.unlock();
        }
    }

    private Optional<byte[]> remembered(LockedIdentities locked, ByteBuffer key) throws LockedIdentityException {
        memory.lock();
        try {
            Long since = refused.get(key);
            if (since != null && nanoTime.getAsLong() - since < REFUSED.toNanos()) {
                throw wrongPassphrase(locked);
            }
            refused.remove(key);
            return Optional.ofNullable(opened.get(key)).map(byte[]::clone);
        } finally {
            memory.unlock();
        }
    }

    private void remember(ByteBuffer key, byte[] plain) {
        memory.lock();
        try {
            if (closed) {
                return;
            }
            opened.put(key, plain.clone());
            if (opened.size() > MOST_REMEMBERED) {
                drop(opened.keySet().iterator().next());
            }
        } finally {
            memory.unlock();
        }
    }

    private void refuse(ByteBuffer key) {
        memory.lock();
        try {
            refused.put(key, nanoTime.getAsLong());
            if (refused.size() > MOST_REMEMBERED) {
                refused.remove(refused.keySet().iterator().next());
            }
        } finally {
            memory.unlock();
        }
    }

    /**
     * Zeroes what was opened of content that is gone from its place. Waits for nobody.
     *
     * @param hash of the locked content
     */
    void forget(ByteBuffer hash) {
        memory.lock();
        try {
            drop(hash);
            refused.remove(hash);
        } finally {
            memory.unlock();
        }
    }

    private void drop(ByteBuffer key) {
        byte[] plain = opened.remove(key);
        if (plain != null) {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private byte[] ask(LockedIdentities locked, ByteBuffer key) throws LockedIdentityException {
        try {
            locked.requireUsable();
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                Optional<char[]> passphrase = passphrases.ask(locked.label(), attempt);
                if (passphrase.isEmpty() && attempt == 1) {
                    throw new LockedIdentityException(locked.label() + " is under a passphrase, and there is nobody to ask for"
                            + " it here: provide the identity without one, or a program that prints it ("
                            + (locked.publicKey().isPresent() ? IdentityCommand.SSH_VARIABLE : IdentityCommand.VARIABLE) + ")",
                            false);
                }
                if (passphrase.isEmpty()) {
                    break;
                }
                Optional<byte[]> plain = attempt(locked, passphrase.get());
                if (plain.isPresent()) {
                    return plain.get();
                }
            }
        } catch (MissingBouncyCastleException | IllegalArgumentException e) {
            throw new LockedIdentityException(locked.label() + ": " + e.getMessage(), false);
        } catch (GeneralSecurityException e) {
            throw new LockedIdentityException(locked.label() + ": it is damaged", false);
        }
        refuse(key);
        throw wrongPassphrase(locked);
    }

    private static LockedIdentityException wrongPassphrase(LockedIdentities locked) {
        return new LockedIdentityException(locked.label() + ": wrong passphrase", true);
    }

    /** @param passphrase is zeroed */
    private static Optional<byte[]> attempt(LockedIdentities locked, char[] passphrase) throws GeneralSecurityException {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(passphrase, '\0');
        try {
            return bytes.length == 0 ? Optional.empty() : Optional.of(locked.decrypt(bytes));
        } catch (WrongPassphraseException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        memory.lock();
        try {
            closed = true;
            opened.values().forEach(plain -> Arrays.fill(plain, (byte) 0));
            opened.clear();
            refused.clear();
        } finally {
            memory.unlock();
        }
    }
}
