package io.quarkiverse.tokenstorage.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.it.programs.ProgramRun;

/** Runs the packaged application, jar or native executable, as a process of its own in a home of its own. */
final class Program {

    /** What a run left: exit code and everything it wrote. */
    record Run(int exitCode, byte[] stdout, String stderr) {

        String out() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        Run succeeded() {
            assertThat(exitCode).as("exit code; stderr: %s", stderr).isZero();
            return this;
        }

        /** The contract of every failure: the code, nothing on standard output, one line of error and no stack trace. */
        Run failed(int expectedExitCode, String... expectedInMessage) {
            assertThat(out()).as("stdout; stderr: %s", stderr).isEmpty();
            return tells(expectedExitCode, expectedInMessage);
        }

        /** As {@link #failed}, but part of the work was done, and said on standard output. */
        Run tells(int expectedExitCode, String... expectedInMessage) {
            assertThat(exitCode).as("exit code; stdout: %s; stderr: %s", out(), stderr).isEqualTo(expectedExitCode);
            assertThat(stderr.lines().filter(line -> line.startsWith("Error: "))).hasSize(1);
            assertThat(List.of(expectedInMessage)).allSatisfy(expected -> assertThat(stderr).contains(expected));
            assertThat(stderr).doesNotContain("\tat ", "    at ", "Exception");
            return this;
        }
    }

    private final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private Path workingDirectory;

    Program(Path home) {
        this.home = home;
        this.workingDirectory = home;
    }

    /** The same program in a copy of its home, for tests that start from a common state. */
    Program inCopy(Path newHome) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = newHome.resolve(home.relativize(file).toString());
                if (!copy.equals(newHome)) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return new Program(newHome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    Path tokenFile(String provider) {
        return home.resolve(".config/kstlib/auth/tokens").resolve(provider + ".token.sops.json");
    }

    Path write(String name, String content) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program in(Path directory) {
        Program other = copy();
        other.workingDirectory = directory;
        return other;
    }

    Program with(String variable, String value) {
        Program other = copy();
        other.variables.put(variable, value);
        return other;
    }

    /** A configuration property, as a system property. */
    Program set(String key, String value) {
        Program other = copy();
        other.jvmOptions.add("-D" + key + "=" + value);
        return other;
    }

    private Program copy() {
        Program other = new Program(home);
        other.workingDirectory = workingDirectory;
        other.variables.putAll(variables);
        other.jvmOptions.addAll(jvmOptions);
        return other;
    }

    Run run(String... arguments) {
        return runWithInput(new byte[0], arguments);
    }

    Run runWithInput(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(Artifact.command(jvmOptions));
        command.addAll(List.of(arguments));
        return execute(command, input);
    }

    /** Starts it without waiting for anything; all three streams are the caller's. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Artifact.command(jvmOptions));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** Runs any program as the application is run: in its directory and with its environment. */
    Run execute(List<String> command, byte[] input) {
        ProgramRun run = ProgramRun.of(command, environment(), workingDirectory, input);
        return new Run(run.exit(), run.stdout(), run.stderr());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().retainAll(Set.of("PATH", "JAVA_HOME"));
        environment.put("HOME", home.toString());
        environment.putAll(variables);
        return environment;
    }

    /** What the build made; see {@code quarkus-artifact.properties}. */
    static final class Artifact {

        static final Path TARGET = Path.of("target").toAbsolutePath();

        private Artifact() {
        }

        static boolean isNative() {
            return description().getProperty("type").equals("native");
        }

        static Path path() {
            return TARGET.resolve(description().getProperty("path"));
        }

        static List<String> command(List<String> options) {
            String path = path().toString();
            List<String> command = new ArrayList<>();
            if (isNative()) {
                command.add(path);
                command.addAll(options);
            } else {
                command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.add("-XX:TieredStopAtLevel=1");
                command.addAll(options);
                command.addAll(List.of("-jar", path));
            }
            return command;
        }

        private static Properties description() {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(TARGET.resolve("quarkus-artifact.properties"))) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties;
        }
    }
}
