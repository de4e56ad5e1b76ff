package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.quarkiverse.tokenstorage.HostEnvironment;

/**
 * The program of {@code SOPS_AGE_KEY_CMD}, which prints identities. Runs without a shell, for a bounded time; what it writes
 * to its standard error is dropped, for it may hold secrets.
 */
final class IdentityCommand {

    static final String VARIABLE = "SOPS_AGE_KEY_CMD";
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int LARGEST_OUTPUT = 1 << 16;

    private final String commandLine;
    private final HostEnvironment environment;
    private final Duration timeout;

    IdentityCommand(String commandLine, HostEnvironment environment, Duration timeout) {
        this.commandLine = commandLine;
        this.environment = environment;
        this.timeout = timeout;
    }

    /**
     * @param recipient what the entry to be opened was encrypted for; the program is told
     * @return what it printed; the caller zeroes it
     * @throws IOException if it fails; the message is for people and holds nothing of its output
     */
    byte[] run(String recipient) throws IOException {
        Process process = start(recipient);
        try {
            process.getOutputStream().close();
            byte[] output = finished(process);
            int exit = process.exitValue();
            if (exit != 0) {
                Arrays.fill(output, (byte) 0);
                throw new IOException("the program exited with " + exit + "; run it by hand to see why");
            }
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String recipient) throws IOException {
        List<String> words;
        try {
            words = ShellWords.split(commandLine);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
        if (words.isEmpty()) {
            throw new IOException("it is empty: name a program, or unset it");
        }
        ProcessBuilder builder = new ProcessBuilder(words).directory(environment.workingDirectory().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(environment.variables());
        // No secret in the environment of a child: unlike sops, which leaves it there
        variables.remove(IdentitySources.KEY_VARIABLE);
        variables.put("SOPS_AGE_RECIPIENT", recipient);
        try {
            return builder.start();
        } catch (IOException e) {
            // Not the cause: it quotes the command line
            throw new IOException("the program cannot be started: check its path");
        }
    }

    private byte[] finished(Process process) throws IOException {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process.getInputStream(), output), "token-storage-key-command");
        reader.setDaemon(true);
        reader.start();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            byte[] bytes = output.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw timedOut();
            }
            return bytes;
        } catch (TimeoutException e) {
            throw timedOut();
        } catch (ExecutionException e) {
            throw new IOException("its output cannot be read or is larger than " + LARGEST_OUTPUT + " bytes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("waiting for the program was interrupted");
        }
    }

    private IOException timedOut() {
        return new IOException("the program did not finish within " + timeout.toSeconds() + " s");
    }

    private static void read(InputStream in, CompletableFuture<byte[]> output) {
        byte[] buffer = new byte[LARGEST_OUTPUT + 1];
        try {
            int length = in.readNBytes(buffer, 0, buffer.length);
            if (length == buffer.length) {
                output.completeExceptionally(new IOException("too much"));
            } else {
                output.complete(Arrays.copyOf(buffer, length));
            }
        } catch (IOException e) {
            output.completeExceptionally(e);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
