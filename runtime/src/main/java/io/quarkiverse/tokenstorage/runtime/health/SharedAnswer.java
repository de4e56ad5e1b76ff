package io.quarkiverse.tokenstorage.runtime.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The answer to a question that many ask again and again, and that may hang, such as one to a disk. It is looked for by one
 * thread at a time whatever the number of those who ask, is kept for a while, and nobody waits longer than he wants to.
 * Thread-safe.
 *
 * @param <A> the type of the answer
 */
final class SharedAnswer<A> {

    private final Supplier<A> question;
    private final String threadName;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private A last;
    private long lastAt;
    /** What is being found out now; null if nothing is. */
    private FutureTask<A> running;
    private long runningSince;

    /** @param threadName the name of the threads that look for the answer */
    SharedAnswer(Supplier<A> question, String threadName, LongSupplier nanoTime) {
        this.question = question;
        this.threadName = threadName;
        this.nanoTime = nanoTime;
    }

    /**
     * @param maxAge an answer that is younger is given at once
     * @param longest how long to look for an answer
     * @return empty if there is no answer within that time, counted from when somebody began to look for it
     * @throws ExecutionException with what the question has thrown
     */
    Optional<A> get(Duration maxAge, Duration longest) throws ExecutionException {
        FutureTask<A> task;
        long left;
        lock.lock();
        try {
            if (last != null && nanoTime.getAsLong() - lastAt < maxAge.toNanos()) {
                return Optional.of(last);
            }
            if (running == null) {
                start();
            }
            task = running;
            left = Math.max(0, longest.toNanos() - (nanoTime.getAsLong() - runningSince));
        } finally {
            lock.unlock();
        }
        try {
            return Optional.of(task.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void start() {
        FutureTask<A> task = new FutureTask<>(() -> {
            boolean answered = false;
            try {
                A answer = question.get();
                end(answer);
                answered = true;
                return answer;
            } finally {
                if (!answered) {
                    end(null);
                }
            }
        });
        running = task;
        runningSince = nanoTime.getAsLong();
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void end(A answer) {
        lock.lock();
        try {
            running = null;
            last = answer;
            lastAt = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
