package io.quarkiverse.tokenstorage.sops.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException.Reason;

@Timeout(60)
class BoundedProcessTest {

    private static final byte[] NO_INPUT = {};
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    @Test
    void givesOutputExitCodeAndErrorLines() throws IOException {
        try (ProcessResult result = shell("printf 'a\\0b'; printf 'one\\n\\n  two\\033[31m\\n' >&2; exit 3", 100, LONG)
                .run(NO_INPUT)) {
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).containsExactly('a', 0, 'b');
            assertThat(result.errorLines()).containsExactly("one", "two?[31m");
        }
    }

    @Test
    void zeroesOutputWhenClosed() throws IOException {
        ProcessResult result = shell("printf secret", 100, LONG).run(NO_INPUT);
        byte[] output = result.output();
        assertThat(output).isEqualTo("secret".getBytes(StandardCharsets.US_ASCII));
        result.close();
        assertThat(output).containsOnly(0);
        assertThat(result.toString()).isEqualTo("ProcessResult[exitCode=0]");
    }

    @Test
    void feedsAndReadsMoreThanPipesHold() throws IOException {
        byte[] input = new byte[3_000_000];
        new Random(1).nextBytes(input);
        try (ProcessResult result = shell("cat", input.length, LONG).run(input)) {
            assertThat(result.output()).isEqualTo(input);
        }
    }

    @Test
    void doesNotMindAProgramThatReadsNothing() throws IOException {
        try (ProcessResult result = shell("echo done", 100, LONG).run(new byte[1_000_000])) {
            assertThat(result.output()).isEqualTo("done\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void givesNothingButTheNamedEnvironmentAndDirectory() throws IOException {
        BoundedProcess process = new BoundedProcess(List.of("/bin/sh", "-c", "env; pwd"), Map.of("NAME", "value"),
                directory.toRealPath(), 1000, LONG);
        try (ProcessResult result = process.run(NO_INPUT)) {
            assertThat(new String(result.output(), StandardCharsets.UTF_8).lines()).contains("NAME=value",
                    directory.toRealPath().toString()).noneMatch(line -> line.startsWith("HOME="));
        }
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws IOException {
        List<String> command = List.of("/bin/sh", "-c", "printf '%s|' \"$@\"", "sh", "$(id)", "a b", "", "'", "*");
        try (ProcessResult result = new BoundedProcess(command, Map.of(), directory, 1000, LONG).run(NO_INPUT)) {
            assertThat(new String(result.output(), StandardCharsets.UTF_8)).isEqualTo("$(id)|a b||'|*|");
        }
    }

    @Test
    void killsWhatTakesTooLongTogetherWithItsChildren() throws IOException {
        Path pids = directory.resolve("pids");
        BoundedProcess process = shell("echo waiting >&2; sleep 1000 & echo $! > " + pids + "; echo $$ >> " + pids
                + "; wait", 100, Duration.ofSeconds(2));
        ProcessFailureException failure = catchThrowableOfType(ProcessFailureException.class, () -> process.run(NO_INPUT));
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure).hasMessage("the program did not finish within 2 s").hasNoCause();
        assertThat(failure.errorLines()).containsExactly("waiting");
        assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(pid -> assertThatEnds(Long.parseLong(pid)));
    }

    @Test
    void countsTheTimeAfterItsOutputToo() {
        for (String script : List.of("exec >&-; sleep 1000", "sleep 1000 < /dev/null")) {
            assertThat(catchThrowableOfType(ProcessFailureException.class, () -> shell(script, 100, SHORT).run(NO_INPUT))
                    .reason()).as(script).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void doesNotWaitForADaemonThatKeepsItsOutputs() throws IOException {
        Path pid = directory.resolve("pid");
        long start = System.nanoTime();
        try (ProcessResult result = shell("sleep 1000 & echo $! > " + pid + "; echo why >&2; echo key", 100, LONG)
                .run(NO_INPUT)) {
            assertThat(result.output()).isEqualTo("key\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(result.errorLines()).containsExactly("why");
            assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isPresent();
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void refusesTooMuchOutputAtOnce() {
        assertThatThrownBy(() -> shell("cat /dev/zero", 1000, LONG).run(NO_INPUT))
                .isInstanceOf(ProcessFailureException.class).hasMessage("its output is larger than 1000 bytes")
                .extracting(e -> ((ProcessFailureException) e).reason()).isEqualTo(Reason.TOO_MUCH_OUTPUT);
    }

    @Test
    void acceptsOutputUpToTheLimit() throws IOException {
        try (ProcessResult result = shell("printf 0123456789", 10, LONG).run(NO_INPUT)) {
            assertThat(result.output()).hasSize(10);
        }
        assertThatThrownBy(() -> shell("printf 0123456789", 9, LONG).run(NO_INPUT))
                .isInstanceOf(ProcessFailureException.class);
    }

    @Test
    void readsOnWhenStandardErrorIsTooLong() throws IOException {
        try (ProcessResult result = shell("yes 0123456789 | head -c 10000000 >&2; echo done", 100, LONG).run(NO_INPUT)) {
            assertThat(result.output()).isEqualTo("done\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(result.errorLines()).hasSize(1 + (1 << 16) / 11).startsWith("0123456789");
        }
    }

    @Test
    void endsWhenInterruptedAndKillsTheProgram() throws Exception {
        Path pid = directory.resolve("pid");
        AtomicReference<Reason> reason = new AtomicReference<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                shell("echo $$ > " + pid + ".tmp; mv " + pid + ".tmp " + pid + "; sleep 1000", 100, LONG).run(NO_INPUT)
                        .close();
            } catch (ProcessFailureException e) {
                reason.set(e.reason());
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        while (!Files.exists(pid)) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reason.get()).isEqualTo(Reason.INTERRUPTED);
        assertThatEnds(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void saysWhyAProgramCannotBeStartedButNotHowItWasCalled() {
        BoundedProcess process = new BoundedProcess(List.of("/no/such/program", "secret"), Map.of(), directory, 10, LONG);
        assertThatThrownBy(() -> process.run(NO_INPUT)).isInstanceOf(ProcessFailureException.class)
                .hasMessage("the program cannot be started: No such file or directory").hasNoCause();
        assertThat(process.toString()).doesNotContain("secret");
    }

    @Test
    void wantsAnAbsolutePath() {
        assertThatThrownBy(() -> new BoundedProcess(List.of("cat"), Map.of(), directory, 1, LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private BoundedProcess shell(String script, int largestOutput, Duration timeout) {
        return new BoundedProcess(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), directory, largestOutput,
                timeout);
    }

    private static void assertThatEnds(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS)).as("" + pid)
                .succeedsWithin(Duration.ofSeconds(20)));
    }
}
