package io.quarkiverse.tokenstorage.sops.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads one output of a child in a thread of its own, for a child whose output is not read stands still. Keeps the first bytes
 * up to a limit; further ones are read and dropped until it is closed.
 */
final class ChildStream implements Runnable, AutoCloseable {

    /**
     * At least the size of the buffer around the pipe, so that bytes go past it as long as the child runs. When it ends, Java
     * may have drained the rest into a buffer of its own, which cannot be zeroed.
     */
    private static final int CHUNK = 8192;

    private final InputStream in;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] bytes = new byte[0];
    private int length;
    private boolean overflown;
    private boolean ended;
    private boolean closed;

    private ChildStream(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    static ChildStream reading(InputStream in, int limit, String threadName) {
        ChildStream stream = new ChildStream(in, limit);
        start(stream, threadName);
        return stream;
    }

    /** Feeds a child in a thread of its own. One that does not want to know everything tells so by its exit code. */
    static void feed(OutputStream out, byte[] input, String threadName) {
        start(() -> {
            try (out) {
                out.write(input);
            } catch (IOException e) {
                // A broken pipe
            }
        }, threadName);
    }

    private static void start(Runnable task, String threadName) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        try (in) {
            int read;
            do {
                read = in.read(chunk, 0, chunk.length);
            } while (read >= 0 && append(chunk, read));
        } catch (IOException e) {
            // The child was killed
        } finally {
            Arrays.fill(chunk, (byte) 0);
            end();
        }
    }

    /** Whether it still wants more: what is left running when nobody listens any more is to notice it. */
    private boolean append(byte[] chunk, int count) {
        lock.lock();
        try {
            int kept = closed ? 0 : Math.min(count, limit - length);
            if (kept > 0) {
                reserve(length + kept);
                System.arraycopy(chunk, 0, bytes, length, kept);
                length += kept;
            }
            if (kept < count) {
                overflown = true;
                changed.signalAll();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void reserve(int needed) {
        if (needed > bytes.length) {
            byte[] larger = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the child has closed this output, or the limit is exceeded.
     *
     * @return false if neither happened in time
     */
    boolean await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!ended && !overflown && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended || overflown;
        } finally {
            lock.unlock();
        }
    }

    boolean isOverflown() {
        lock.lock();
        try {
            return overflown;
        } finally {
            lock.unlock();
        }
    }

    /** A copy of what has come so far. */
    byte[] content() {
        lock.lock();
        try {
            return Arrays.copyOf(bytes, length);
        } finally {
            lock.unlock();
        }
    }

    /** Zeroes what has come so far and is held here, and keeps nothing of what may come yet. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Arrays.fill(bytes, (byte) 0);
            length = 0;
        } finally {
            lock.unlock();
        }
    }
}
