package io.quarkiverse.tokenstorage.sops.age;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Opens identities under a passphrase, each once: whoever shares one of these is asked only the first time, be the answer
 * right or wrong. Closing zeroes what was opened. Thread-safe.
 */
public final class IdentityUnlocking implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 3;
    /** A person looks for a passphrase for so long, while other threads wait. */
    private static final long LONGEST_WAIT_MINUTES = 5;

    private final PassphraseSource passphrases;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, byte[]> opened = new HashMap<>();
    private final Map<ByteBuffer, LockedIdentityException> refused = new HashMap<>();

    public IdentityUnlocking(PassphraseSource passphrases) {
        this.passphrases = passphrases;
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
            if (!lock.tryLock(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES)) {
                throw new LockedIdentityException(locked.label() + ": another thread has been asking for a passphrase for "
                        + LONGEST_WAIT_MINUTES + " minutes", true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockedIdentityException(locked.label() + ": waiting for its passphrase was interrupted", true);
        }
        try {
            ByteBuffer key = ByteBuffer.wrap(hash);
            if (refused.containsKey(key)) {
                throw refused.get(key);
            }
            if (!opened.containsKey(key)) {
                opened.put(key, ask(locked, key));
            }
            return opened.get(key).clone();
        } finally {
            lock.unlock();
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
        LockedIdentityException wrong = new LockedIdentityException(locked.label() + ": wrong passphrase", true);
        refused.put(key, wrong);
        throw wrong;
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
        lock.lock();
        try {
            opened.values().forEach(plain -> Arrays.fill(plain, (byte) 0));
            opened.clear();
            refused.clear();
        } finally {
            lock.unlock();
        }
    }
}
