package io.quarkiverse.tokenstorage.it.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a program did: it gets exactly the given environment, and nothing of the environment of the tests. */
public record ProgramRun(List<String> command, int exit, byte[] stdout, String stderr) {

    /** For programs that hang; a first start on a busy machine takes its time. */
    private static final int TIMEOUT_SECONDS = 300;

    public static ProgramRun of(List<String> command, Map<String, String> environment, Path directory, byte[] stdin) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                CompletableFuture<byte[]> stderr = readAsync(process.getErrorStream());
                CompletableFuture<byte[]> stdout = readAsync(process.getInputStream());
                feed(process, stdin);
                assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("%s ends in time", command).isTrue();
                return new ProgramRun(command, process.exitValue(), stdout.join(),
                        new String(stderr.join(), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command, e);
        }
    }

    private static void feed(Process process, byte[] stdin) throws IOException {
        try (OutputStream out = process.getOutputStream()) {
            out.write(stdin);
        } catch (IOException e) {
            // A program that refuses early does not read its input: its exit code tells more
            if (process.isAlive() && !"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** A thread for each stream: the common pool has only one on two cores, and the program waits until both are read. */
    private static CompletableFuture<byte[]> readAsync(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> readAll(stream), task -> new Thread(task, "program-output").start());
    }

    private static byte[] readAll(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean succeeded() {
        return exit == 0;
    }

    /** Standard output of a run that must have succeeded. */
    public byte[] output() {
        assertThat(exit).as("exit code of %s, which says: %s", command, stderr).isZero();
        return stdout;
    }

    public String text() {
        return new String(output(), StandardCharsets.UTF_8);
    }
}
