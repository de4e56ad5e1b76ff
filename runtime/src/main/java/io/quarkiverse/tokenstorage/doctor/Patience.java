package io.quarkiverse.tokenstorage.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jboss.logging.Logger;

/**
 * Asks what may have to wait for a program or a service, in threads of its own and for a bounded time: they have bounds too,
 * but longer ones, and one after the other they add up. Whatever has not answered by then is interrupted and left alone.
 */
final class Patience {

    /** For all that is asked at the same time. */
    static final Duration DEFAULT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final int MOST_THREADS = 8;
    private static final int MOST_INTERRUPTS = 5;
    private static final Duration GRACE = Duration.ofMillis(200);

    /**
     * What came of one question.
     *
     * @param value empty if there was no answer in time
     * @param begun whether it was asked at all
     */
    record Answer<V>(Optional<V> value, boolean begun) {
    }

    private final Duration longest;

    Patience(Duration longest) {
        this.longest = longest;
    }

    Duration longest() {
        return longest;
    }

    /** Asks all, some at the same time. The function answers every trouble by a value; what it throws counts as no answer. */
    <K, V> Map<K, Answer<V>> ask(List<K> questions, Function<K, V> function) {
        Map<K, V> answers = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        int count = Math.min(MOST_THREADS, questions.size());
        CountDownLatch ended = new CountDownLatch(count);
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> work(questions, function, answers, next, ended), "token-storage-doctor-" + i);
            thread.setDaemon(true);
            // One that is left alone may still fail, when nobody wants to know any more
            thread.setUncaughtExceptionHandler((failed, failure) -> LOG.debugf("%s in %s", failure.getClass(), failed));
            threads.add(thread);
            thread.start();
        }
        await(ended);
        int begun = next.getAndSet(questions.size());
        Map<K, Answer<V>> result = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            result.put(questions.get(i), new Answer<>(Optional.ofNullable(answers.get(questions.get(i))), i < begun));
        }
        // Only now: what they say when they are interrupted is no answer
        dismiss(threads);
        return result;
    }

    private static <K, V> void work(List<K> questions, Function<K, V> function, Map<K, V> answers, AtomicInteger next,
            CountDownLatch ended) {
        try {
            for (int i = next.getAndIncrement(); i < questions.size(); i = next.getAndIncrement()) {
                answers.put(questions.get(i), function.apply(questions.get(i)));
            }
        } finally {
            ended.countDown();
        }
    }

    /** Each gets the time to end its child. More than once: what saves is not disturbed by a few interrupts. */
    private static void dismiss(List<Thread> threads) {
        try {
            for (int i = 0; i < MOST_INTERRUPTS; i++) {
                for (Thread thread : threads) {
                    thread.interrupt();
                }
                for (Thread thread : threads) {
                    thread.join(GRACE.toMillis() / threads.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(CountDownLatch ended) {
        try {
            // In time or not: the answers so far are what there is
            ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
