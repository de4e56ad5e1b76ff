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
    private Outcome<A> last;
    private long lastAt;
    /** What is being found out now; null if nothing is. */
    private FutureTask<Outcome<A>> running;
    private long runningSince;

    /** @param threadName the name of the threads that look for the answer */
    SharedAnswer(Supplier<A> question, String threadName, LongSupplier nanoTime) {
        this.question = question;
        this.threadName = threadName;
        this.nanoTime = nanoTime;
    }

    /**
     * @param maxAge an answer that is younger is given at once, and so is a failure
     * @param longest how long to look for an answer
     * @return empty if there is no answer within that time, counted from when somebody began to look for it
     * @throws ExecutionException with what the question has thrown
     */
    Optional<A> get(Duration maxAge, Duration longest) throws ExecutionException {
        FutureTask<Outcome<A>> task;
        long left;
        lock.lock();
        try {
            if (last != null && nanoTime.getAsLong() - lastAt < maxAge.toNanos()) {
                return Optional.of(last.answer());
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
            return Optional.of(task.get(left, TimeUnit.NANOSECONDS).answer());
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void start() {
        FutureTask<Outcome<A>> task = new FutureTask<>(() -> {
            Outcome<A> outcome = find();
            end(outcome);
            return outcome;
        });
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
        // Not if there was no thread to be had, and before it can end, which takes the lock
        running = task;
        runningSince = nanoTime.getAsLong();
    }

    private Outcome<A> find() {
        try {
            return new Outcome<>(question.get(), null);
        } catch (RuntimeException | Error e) {
            return new Outcome<>(null, e);
        }
    }

    private void end(Outcome<A> outcome) {
        lock.lock();
        try {
            running = null;
            last = outcome;
            lastAt = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private static final class Outcome<A> {

        private final A found;
        private final Throwable failure;

        /** @param failure null if there is an answer */
        Outcome(A found, Throwable failure) {
            this.found = found;
            this.failure = failure;
        }

        A answer() throws ExecutionException {
            if (failure != null) {
                throw new ExecutionException(failure);
            }
            return found;
        }
    }
}
