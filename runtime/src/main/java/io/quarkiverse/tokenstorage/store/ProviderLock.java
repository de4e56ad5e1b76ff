package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.LockTimeoutException;

/**
 * The lock of one provider in one directory, whatever the codec: first against the threads of this JVM, then against other
 * processes. Names that differ in case only share a lock, so that two processes cannot both introduce one.
 */
final class ProviderLock implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ProviderLock.class);

    /** A wait that is worth a line: others were served as slowly, or somebody is about to time out. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(1);

    private final LockPermit permit;
    private final LockFile lock;
    private final Path holderFile;

    private ProviderLock(LockPermit permit, LockFile lock, Path holderFile) {
        this.permit = permit;
        this.lock = lock;
        this.holderFile = holderFile;
    }

    /**
     * Takes the lock.
     *
     * @param directory a real path
     * @throws LockTimeoutException it was held until the deadline, or the thread was interrupted while waiting
     */
    static ProviderLock acquire(Path directory, String provider, FileProtection protection, Duration timeout,
            TimeAndRandom sources) {
        long start = sources.nanoTime().getAsLong();
        Deadline deadline = new Deadline(timeout, sources);
        Path lockFile = directory.resolve(DirectoryStore.LOCK_PREFIX + NameHash.ofAnyCase(provider));
        Path holderFile = LockHolder.file(directory, provider);
        LockPermit permit = LockPermit.acquire(lockFile.toString(), deadline);
        if (permit == null) {
            String thread = LockPermit.holder(lockFile.toString());
            throw timeout(directory, provider, timeout, thread == null ? "another thread of this process"
                    : "thread '" + thread + "' of this process");
        }
        Optional<LockFile> lock = Optional.empty();
        try {
            lock = LockFile.acquire(lockFile, protection, deadline);
            if (lock.isEmpty()) {
                throw timeout(directory, provider, timeout,
                        LockHolder.read(holderFile).map(LockHolder::describe).orElse("another process"));
            }
        } catch (IOException e) {
            throw AccessFailure.of("lock", lockFile, e);
        } finally {
            if (lock.isEmpty()) {
                permit.close();
            }
        }
        ProviderLock acquired = new ProviderLock(permit, lock.get(), holderFile);
        boolean announced = false;
        try {
            announce(holderFile, protection, sources);
            announced = true;
            tellOfLongWait(Duration.ofNanos(sources.nanoTime().getAsLong() - start), provider, directory);
            return acquired;
        } finally {
            if (!announced) {
                acquired.close();
            }
        }
    }

    private static void tellOfLongWait(Duration waited, String provider, Path directory) {
        if (waited.compareTo(LONG_WAIT) >= 0) {
            LOG.infof("Waited %d ms for the lock of provider '%s' in %s", waited.toMillis(), provider, directory);
        }
    }

    boolean isHeldByCurrentThread() {
        return permit.isHeldByCurrentThread();
    }

    @Override
    public void close() {
        try {
            LockHolder.clear(holderFile);
        } catch (IOException e) {
            LOG.debugf("Cannot write %s: %s", holderFile, e.getMessage());
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warnf("Cannot release a lock in %s: %s", holderFile.getParent(), e.getMessage());
        } finally {
            permit.close();
        }
    }

    private static void announce(Path holderFile, FileProtection protection, TimeAndRandom sources) {
        try {
            LockHolder.thisProcess(sources.clock().instant()).write(holderFile, protection);
        } catch (IOException e) {
            // Only others' messages suffer
            LOG.debugf("Cannot write %s: %s", holderFile, e.getMessage());
        }
    }

    private static LockTimeoutException timeout(Path directory, String provider, Duration timeout, String holder) {
        String reason = Thread.currentThread().isInterrupted() ? "Interrupted while waiting for the lock of provider '"
                : "Gave up after " + seconds(timeout) + " waiting for the lock of provider '";
        return new LockTimeoutException(reason + provider + "' in " + directory + ": " + holder
                + " holds it. Nothing was changed: wait until it is done, or end it, and try again");
    }

    private static String seconds(Duration timeout) {
        return timeout.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("(?<=[hm])(?=.)", " ");
    }
}
