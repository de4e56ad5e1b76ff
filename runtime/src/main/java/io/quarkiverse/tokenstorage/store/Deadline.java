package io.quarkiverse.tokenstorage.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The end of a wait, and the jittered pauses until then. Used by one thread. */
final class Deadline {

    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    /** Far enough away never to come, near enough never to overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(10_000);

    private final TimeAndRandom sources;
    private final long end;
    private long pause = FIRST_PAUSE;

    Deadline(Duration wait, TimeAndRandom sources) {
        this.sources = sources;
        this.end = sources.nanoTime().getAsLong()
                + (wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).toNanos();
    }

    /** What is left, in nanoseconds; not negative. */
    long remaining() {
        return Math.max(0, end - sources.nanoTime().getAsLong());
    }

    /**
     * Pauses a little before the next attempt.
     *
     * @return false, at once, if the time is over or the thread is interrupted; its interrupt flag is kept
     */
    boolean pause() {
        long remaining = remaining();
        if (remaining == 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        long jittered = pause / 2 + sources.random().nextLong(pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        LockSupport.parkNanos(Math.min(remaining, jittered));
        return true;
    }
}
