package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/** Another JVM that runs {@link StoreProcess}, maybe as another user or under a tracer. */
final class ChildJvm implements AutoCloseable {

    /** Debian's and Fedora's "nobody". */
    static final int NOBODY = 65534;

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

    static ChildJvm start(String... args) {
        return start(List.of(), classPath(), args);
    }

    static ChildJvm start(List<String> prefix, String classPath, String... args) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, StoreProcess.class.getName()));
        command.addAll(List.of(args));
        return new ChildJvm(command);
    }

    /** Runs to the end and returns all it prints. */
    static String run(String... args) {
        try (ChildJvm child = start(args)) {
            return child.result();
        }
    }

    /**
     * Runs as "nobody"; only root can do so.
     *
     * @param readable a directory that everybody may read; the classes are copied there, as nobody may not read ours
     */
    static String runAsNobody(Path readable, String... args) throws IOException {
        String user = Integer.toString(NOBODY);
        try (ChildJvm child = start(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"),
                copyClasses(readable), args)) {
            return child.result();
        }
    }

    String result() {
        String text = output.lines().collect(Collectors.joining("\n"));
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The next line that it prints, or null at the end. */
    String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when it is dead. What it printed can still be read, which is why it is not the process's method. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends standard input, which ends a holder, and waits for it. */
    void release() throws IOException {
        process.getOutputStream().close();
        result();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static String classPath() {
        return Stream.of(DirectoryStore.class, StoreProcess.class, Logger.class).map(ChildJvm::location).map(Path::toString)
                .distinct().collect(Collectors.joining(File.pathSeparator));
    }

    static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String copyClasses(Path readable) throws IOException {
        Path target = readable.resolve("classes");
        if (!Files.exists(target)) {
            for (Class<?> type : List.of(DirectoryStore.class, StoreProcess.class)) {
                Path source = location(type);
                try (Stream<Path> files = Files.walk(source.resolve("io/quarkiverse/tokenstorage"))) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                        Path copy = target.resolve(source.relativize(file).toString());
                        Files.createDirectories(copy.getParent());
                        Files.copy(file, copy);
                    }
                }
            }
            Files.copy(location(Logger.class), target.resolve("logging.jar"));
            try (Stream<Path> files = Files.walk(target)) {
                for (Path file : files.toList()) {
                    chmod(file, "rwxr-xr-x");
                }
            }
        }
        return target + File.pathSeparator + target.resolve("logging.jar");
    }
}
