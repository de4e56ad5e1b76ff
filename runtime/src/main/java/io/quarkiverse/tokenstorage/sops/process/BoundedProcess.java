package io.quarkiverse.tokenstorage.sops.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException.Reason;

/**
 * A program to be run as a child: without a shell, for a bounded time and with bounded output. When it exceeds these, or the
 * waiting thread is interrupted, it is killed together with those of its own children that can be found. Immutable and
 * thread-safe; can be run any number of times.
 * <p>
 * What is read and held here is zeroed when it is closed. Java may hold copies of its own that nobody can reach: the buffer of
 * the pipe to the child, and, when the child ends while its output is not read to the end, what is drained from the pipe then.
 */
public final class BoundedProcess {

    private static final int LARGEST_ERROR_OUTPUT = 1 << 16;
    /** How long an output may stay open after the end of the program: a daemon that it left behind may hold it. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(200);
    /**
     * The end of what Java says, which begins with the command: {@code error=2, …} or, in newer releases, {@code error: 2 (…)}.
     */
    private static final Pattern SYSTEM_REASON = Pattern
            .compile("error(?:=\\d+, (?<older>[\\w ,.'()-]{1,100})|: \\d+ \\((?<newer>[\\w ,.'-]{1,100})\\) ?)$");

    private final List<String> command;
    private final Map<String, String> variables;
    private final Path directory;
    private final int largestOutput;
    private final Duration timeout;

    /**
     * @param command the absolute path of the program, as {@link ProgramSearch} finds it, and its arguments: nothing secret,
     *        for every user of the machine can read them
     * @param variables its whole environment
     * @param directory its working directory
     * @param largestOutput the most bytes that it may write to its standard output
     * @param timeout the longest that it may take
     */
    public BoundedProcess(List<String> command, Map<String, String> variables, Path directory, int largestOutput,
            Duration timeout) {
        if (!Path.of(command.get(0)).isAbsolute()) {
            throw new IllegalArgumentException("Not an absolute path: where this is looked for would depend on the system");
        }
        this.command = List.copyOf(command);
        this.variables = Map.copyOf(variables);
        this.directory = directory;
        this.largestOutput = largestOutput;
        this.timeout = timeout;
    }

    /**
     * Runs the program to its end. What others that it left behind write later does not count.
     *
     * @param input what it gets on its standard input, which is then closed; the caller zeroes it afterwards
     * @return its result, whatever its exit code; the caller closes it
     * @throws ProcessFailureException if it cannot be started, exceeds a bound, or the thread is interrupted (and stays so)
     */
    public ProcessResult run(byte[] input) throws ProcessFailureException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Process process = start();
        boolean ended = false;
        String name = "token-storage-child-" + process.pid();
        ChildStream.feed(process.getOutputStream(), input, name + "-input");
        ChildStream errors = ChildStream.reading(process.getErrorStream(), LARGEST_ERROR_OUTPUT, name + "-error");
        try (ChildStream output = ChildStream.reading(process.getInputStream(), largestOutput, name + "-output")) {
            while (process.isAlive() && deadline - System.nanoTime() > 0
                    && !output.await(Math.min(POLL, deadline - System.nanoTime()))) {
                // Waiting for the process itself would pin the carrier of a virtual thread
            }
            if (!output.isOverflown() && !process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw failure(Reason.TIMED_OUT, "the program did not finish within " + timeout.toSeconds() + " s", errors);
            }
            output.await(GRACE);
            if (output.isOverflown()) {
                throw failure(Reason.TOO_MUCH_OUTPUT, "its output is larger than " + largestOutput + " bytes", errors);
            }
            ended = true;
            errors.await(GRACE);
            return new ProcessResult(process.exitValue(), output.content(), ProcessResult.lines(errors.content()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(Reason.INTERRUPTED, "waiting for the program was interrupted", errors);
        } finally {
            if (!ended) {
                kill(process);
            }
            errors.close();
        }
    }

    private Process start() throws ProcessFailureException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            // Neither its message nor the cause: they quote the command
            throw new ProcessFailureException(Reason.NOT_STARTED, "the program cannot be started" + systemReason(e), List.of());
        }
    }

    private static String systemReason(IOException e) {
        Matcher reason = SYSTEM_REASON.matcher(String.valueOf(e.getMessage()));
        if (!reason.find()) {
            return "";
        }
        return ": " + (reason.group("older") == null ? reason.group("newer") : reason.group("older"));
    }

    private static ProcessFailureException failure(Reason reason, String message, ChildStream errors) {
        return new ProcessFailureException(reason, message, ProcessResult.lines(errors.content()));
    }

    /** Those that it started are looked up first: once it is dead, nobody knows whose children they were. */
    private static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Leaves out arguments and environment. */
    @Override
    public String toString() {
        return "BoundedProcess[" + command.get(0) + "]";
    }
}
