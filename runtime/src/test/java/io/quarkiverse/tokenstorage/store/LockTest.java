package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;
import io.quarkiverse.tokenstorage.LockTimeoutException;

/** Who waits for whom: threads, processes, class loaders. */
@Timeout(120)
class LockTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-other-thread"));

    private DirectoryStore patient;
    private DirectoryStore impatient;

    @BeforeEach
    void makeStores() {
        patient = store(Duration.ofSeconds(60));
        impatient = store(SHORT);
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private DirectoryStore store(Duration timeout) {
        return new DirectoryStore(directory, DocumentNames.PLAIN, timeout);
    }

    private Path lockFile(String provider) {
        return directory.resolve(".lock-" + NameHash.of(provider));
    }

    /** Locks in the other thread; completing the result releases it. */
    private CompletableFuture<Void> holdInOtherThread(DirectoryStore store, String provider) throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        CountDownLatch held = new CountDownLatch(1);
        other.submit(() -> {
            try (LockedDocument locked = store.lock(provider)) {
                held.countDown();
                release.join();
            }
        });
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        return release;
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anotherThreadWaitsAndIsToldWhoHoldsIt() throws Exception {
        CompletableFuture<Void> release = holdInOtherThread(patient, "github");
        long start = System.nanoTime();
        assertThatThrownBy(() -> impatient.lock("github")).isInstanceOf(LockTimeoutException.class)
                .hasMessage("Gave up after 0.15s waiting for the lock of provider 'github' in " + directory.toRealPath()
                        + ": thread 'the-other-thread' of this process holds it."
                        + " Nothing was changed: wait until it is done, or end it, and try again");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(20));
        release.complete(null);
        patient.lock("github").close();
    }

    @Test
    void theLockIsTheSameForAllCodecsAndWaysToTheDirectory() throws Exception {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory);
        CompletableFuture<Void> release = holdInOtherThread(patient, "github");

        for (Path path : new Path[] { directory, link, directory.resolve("x/..") }) {
            for (DocumentNames names : DocumentNames.values()) {
                assertThatThrownBy(() -> new DirectoryStore(path, names, Duration.ZERO).lock("github"))
                        .isInstanceOf(LockTimeoutException.class);
            }
        }
        assertThatThrownBy(() -> impatient.lock("GITHUB")).isInstanceOf(LockTimeoutException.class);
        release.complete(null);
    }

    @Test
    void otherProvidersAndOtherDirectoriesAreNotHeldUp() throws Exception {
        CompletableFuture<Void> release = holdInOtherThread(patient, "github");
        try (LockedDocument locked = impatient.lock("corp")) {
            new DirectoryStore(directory.resolve("other"), DocumentNames.PLAIN, SHORT).lock("github").close();
        }
        release.complete(null);
    }

    @Test
    void readersTakeNoLock() throws Exception {
        save(patient, "github", "one");
        CompletableFuture<Void> release = holdInOtherThread(patient, "github");
        assertThat(content(impatient, "github")).isEqualTo("one");
        assertThat(impatient.exists("github")).isTrue();
        assertThat(impatient.providers()).containsExactly("github");
        release.complete(null);
    }

    @Test
    void lockingTwiceInOneThreadIsAnErrorAtOnce() {
        try (LockedDocument locked = patient.lock("github")) {
            assertThatThrownBy(() -> patient.lock("github")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> patient.deleteEverything("github")).isInstanceOf(IllegalStateException.class);
            assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).startsWith("LockTimeoutException");
            locked.prepareReplacement(1).commit(new byte[1]);
        }
        patient.lock("github").close();
    }

    @Test
    void onlyTheThreadThatLockedMayUseAndReleaseIt() throws Exception {
        LockedDocument locked = patient.lock("github");
        other.submit(() -> {
            assertThatThrownBy(locked::close).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(locked::read).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> impatient.lock("github")).isInstanceOf(LockTimeoutException.class);
        }).get();
        locked.close();
        other.submit(() -> impatient.lock("github").close()).get();
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        for (boolean otherProcess : new boolean[] { false, true }) {
            try (ChildJvm child = otherProcess ? StoreJvm.start("hold", directory.toString(), "PLAIN", "github") : null) {
                CompletableFuture<Void> release = null;
                if (otherProcess) {
                    assertThat(child.line()).isEqualTo("locked");
                } else {
                    release = holdInOtherThread(patient, "github");
                }
                CompletableFuture<Boolean> flag = new CompletableFuture<>();
                Thread waiting = new Thread(() -> {
                    try {
                        assertThatThrownBy(() -> patient.lock("github")).isInstanceOf(LockTimeoutException.class)
                                .hasMessageStartingWith("Interrupted while waiting for the lock of provider 'github'");
                        flag.complete(Thread.currentThread().isInterrupted());
                    } catch (AssertionError e) {
                        flag.completeExceptionally(e);
                    }
                });
                waiting.start();
                awaitState(waiting, Thread.State.TIMED_WAITING);
                waiting.interrupt();
                assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
                if (release != null) {
                    release.complete(null);
                }
            }
        }
        patient.lock("github").close();
    }

    /** Whoever locks a file that was deleted meanwhile excludes nobody, so it must lock the new one. */
    @Test
    void aLockOnADeletedFileDoesNotCount() throws Exception {
        try (ChildJvm first = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
            assertThat(first.line()).isEqualTo("locked");
            CompletableFuture<Thread> started = new CompletableFuture<>();
            Future<?> waiting = other.submit(() -> {
                started.complete(Thread.currentThread());
                patient.lock("github").close();
            });
            awaitState(started.get(), Thread.State.TIMED_WAITING);
            Files.delete(lockFile("github"));
            try (ChildJvm second = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
                assertThat(second.line()).isEqualTo("locked");
                first.kill();
                assertThatThrownBy(() -> waiting.get(500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(java.util.concurrent.TimeoutException.class);
                second.release();
                waiting.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** Closing a channel on that file would drop the other lock without a word. */
    @Test
    void aLockThatSomebodyElseInThisJvmTookIsRespectedAndSurvives() throws Exception {
        patient.lock("github").close();
        try (FileChannel channel = FileChannel.open(lockFile("github"), StandardOpenOption.WRITE);
                FileLock foreign = channel.lock()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> impatient.lock("github")).isInstanceOf(LockTimeoutException.class);
                assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).startsWith("LockTimeoutException");
            }
        }
        assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).isEqualTo("free");
        try (LockedDocument locked = impatient.lock("github")) {
            assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).startsWith("LockTimeoutException");
        }
        assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).isEqualTo("free");
    }

    @Test
    void timeIsTakenFromTheGivenSource() throws Exception {
        AtomicLong hours = new AtomicLong();
        TimeAndRandom sources = new TimeAndRandom(() -> TimeUnit.HOURS.toNanos(hours.getAndIncrement()),
                Clock.fixed(Instant.parse("2026-01-03T15:30:00.9Z"), ZoneOffset.UTC), ThreadLocalRandom.current());
        DirectoryStore store = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofDays(1), sources);
        try (LockedDocument locked = store.lock("corp")) {
            assertThat(directory.resolve(".holder-" + NameHash.of("corp"))).content()
                    .startsWith(ProcessHandle.current().pid() + " 2026-01-03T15:30:00Z ");
        }
        try (ChildJvm child = StoreJvm.start("hold", directory.toString(), "PLAIN", "github")) {
            assertThat(child.line()).isEqualTo("locked");
            assertThatThrownBy(() -> store.lock("github")).isInstanceOf(LockTimeoutException.class)
                    .hasMessageStartingWith("Gave up after 24h waiting");
        }
    }

    @Test
    void theLongestTimeoutDoesNotOverflow() {
        store(Duration.ofSeconds(Long.MAX_VALUE)).lock("github").close();
        assertThatThrownBy(() -> store(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsRememberedOfReleasedLocks() {
        int before = System.getProperties().size();
        for (int i = 0; i < 100; i++) {
            patient.lock("p" + i).close();
        }
        assertThat(System.getProperties()).hasSize(before);
        assertThat(LockPermit.queues()).isZero();
    }

    @Test
    void noUpdateIsLostBetweenThreadsAndProcesses() throws Exception {
        int processes = Integer.getInteger("tokenstorage.test.processes", 3);
        int threads = 3;
        int count = Integer.getInteger("tokenstorage.test.increments", 15);
        ChildJvm[] children = new ChildJvm[processes];
        for (int i = 0; i < processes; i++) {
            children[i] = StoreJvm.start("increment", directory.toString(), "SOPS", "github", Integer.toString(threads),
                    Integer.toString(count));
        }
        StoreProcess.increment(new DirectoryStore(directory, DocumentNames.SOPS, Duration.ofSeconds(60)), "github", threads,
                count);
        for (ChildJvm child : children) {
            assertThat(child.result()).isEqualTo("done");
        }
        DirectoryStore sops = new DirectoryStore(directory, DocumentNames.SOPS, SHORT);
        assertThat(content(sops, "github")).isEqualTo(Integer.toString((processes + 1) * threads * count));
    }
}
