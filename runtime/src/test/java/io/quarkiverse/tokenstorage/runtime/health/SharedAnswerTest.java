package io.quarkiverse.tokenstorage.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many ask, and whatever hangs. */
@Timeout(30)
class SharedAnswerTest {

    private static final Duration NEVER = Duration.ofSeconds(20);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();

    @Test
    void anAnswerIsKeptForAsLongAsItMayBeOld() throws Exception {
        SharedAnswer<Integer> answer = new SharedAnswer<>(asked::incrementAndGet, "test", now::get);

        assertThat(answer.get(Duration.ofSeconds(10), NEVER)).contains(1);
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(answer.get(Duration.ofSeconds(10), NEVER)).contains(1);
        now.addAndGet(1);
        assertThat(answer.get(Duration.ofSeconds(10), NEVER)).contains(2);
        assertThat(answer.get(Duration.ZERO, NEVER)).contains(3);
    }

    @Test
    void oneThreadLooksForAllWhoAskMeanwhile() throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        SharedAnswer<Integer> answer = new SharedAnswer<>(() -> {
            await(known);
            return asked.incrementAndGet();
        }, "test", System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            CountDownLatch begun = new CountDownLatch(20);
            Callable<Optional<Integer>> asking = () -> {
                begun.countDown();
                return answer.get(Duration.ofHours(1), NEVER);
            };
            List<Future<Optional<Integer>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(asking));
            }
            begun.await();
            known.countDown();
            for (Future<Optional<Integer>> one : answers) {
                assertThat(one.get()).contains(1);
            }
            assertThat(asked).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatHangsIsLeftAloneAndNotBegunASecondTime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch known = new CountDownLatch(1);
        SharedAnswer<Integer> answer = new SharedAnswer<>(() -> {
            asked.incrementAndGet();
            begun.countDown();
            await(known);
            return 7;
        }, "hanging-disk", System::nanoTime);

        assertThat(answer.get(Duration.ZERO, Duration.ofMillis(50))).isEmpty();
        await(begun);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            // It began long ago, so nobody has to wait again
            assertThat(answer.get(Duration.ZERO, Duration.ofMillis(50))).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(50 * 50));
        assertThat(asked).hasValue(1);
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().equals("hanging-disk"))
                .hasSize(1).allMatch(Thread::isDaemon);

        known.countDown();
        assertThat(answer.get(Duration.ofHours(1), NEVER)).contains(7);
    }

    @Test
    void whatIsThrownIsPassedOnAndKeptAsAnAnswerIs() throws Exception {
        SharedAnswer<Integer> answer = new SharedAnswer<>(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
            }
            return asked.get();
        }, "test", now::get);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> answer.get(Duration.ofHours(1), NEVER)).isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the first time");
        }
        assertThat(asked).hasValue(1);

        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(answer.get(Duration.ofHours(1), NEVER)).contains(2);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        SharedAnswer<Integer> answer = new SharedAnswer<>(() -> {
            await(known);
            return 1;
        }, "test", System::nanoTime);

        Thread.currentThread().interrupt();
        assertThat(answer.get(Duration.ZERO, NEVER)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        known.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
