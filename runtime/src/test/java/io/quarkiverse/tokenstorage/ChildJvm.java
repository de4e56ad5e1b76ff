package io.quarkiverse.tokenstorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs a main class of the tests, maybe as another user or under a tracer. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output = process.inputReader(UTF_8);
    }

    public static ChildJvm start(Class<?> main, String classPath, String... arguments) {
        return start(List.of(), main, classPath, arguments);
    }

    /** @param prefix a program that starts it, with the arguments of that */
    public static ChildJvm start(List<String> prefix, Class<?> main, String classPath, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(main, classPath, arguments));
        return new ChildJvm(command);
    }

    /** What starts it, for programs that do so themselves. */
    public static List<String> command(Class<?> main, String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The class path of these tests. */
    public static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The next line that it prints, or null at the end. */
    public String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines that it still prints before it ends, for whatever reason. */
    public List<String> rest() {
        return output.lines().toList();
    }

    /** All that it still prints; returns when it has ended well. */
    public String result() {
        String text = String.join("\n", rest());
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when it is dead. What it printed can still be read, which is why it is not the process's method. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends its standard input, which ends one that waits for that, and returns what it still printed. */
    public String release() throws IOException {
        process.getOutputStream().close();
        return result();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
