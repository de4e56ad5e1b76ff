package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, with nothing from this process but what is given. */
final class ServiceProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Maven has to look through the project first. */
    private static final Duration PATIENCE_IN_DEVELOPMENT = Duration.ofMinutes(4);

    private final Process process;
    private final Path log;
    private final Duration patience;

    private ServiceProcess(Process process, Path log, Duration patience) {
        this.process = process;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Starts the packaged service, in production mode.
     *
     * @param home working directory and home directory
     * @param variables all environment variables of the process but HOME and PATH
     */
    static ServiceProcess start(Path home, Map<String, String> variables) throws IOException {
        return start(command(List.of()), home, home, variables, PATIENCE);
    }

    /** The same, but modes of files count for it even if this process is that of a superuser, who is above them. */
    static ServiceProcess startUnprivileged(Path home, Map<String, String> variables) throws IOException {
        boolean superuser = Integer.valueOf(0).equals(Files.getAttribute(home, "unix:uid"));
        List<String> wrapper = superuser ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all") : List.of();
        return start(command(wrapper), home, home, variables, PATIENCE);
    }

    /**
     * Starts the service in development mode, as a developer does.
     *
     * @param home home directory, but not that of Maven
     * @param variables all environment variables of the process but HOME, PATH and JAVA_HOME
     */
    static ServiceProcess startInDevelopment(Path home, Map<String, String> variables) throws IOException {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        Path project = Path.of("").toAbsolutePath().getParent().getParent();
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(), "-B",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo"),
                "-Dquarkus.version=" + System.getProperty("quarkus.version"),
                "-pl", "integration-tests/service", "-am", "compile", "quarkus:dev", "-Ddebug=false",
                "-Dquarkus.analytics.disabled=true", "-Dquarkus.console.enabled=false",
                "-Dquarkus.test.continuous-testing=disabled", "-DquarkusRegistryClient=false"));
        if (System.getProperty("maven.settings").equals("offline=true")) {
            command.add("-o");
        }
        return start(command, project, home, all, PATIENCE_IN_DEVELOPMENT);
    }

    private static ServiceProcess start(List<String> command, Path directory, Path home, Map<String, String> variables,
            Duration patience) throws IOException {
        Path log = Files.createTempFile(home, "service", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().putAll(variables);
        Process process = builder.start();
        // Nobody will type anything
        process.getOutputStream().close();
        return new ServiceProcess(process, log, patience);
    }

    private static List<String> command(List<String> wrapper) {
        String executable = System.getProperty("service.executable");
        assertThat(Path.of(executable)).isRegularFile();
        List<String> command = new ArrayList<>(wrapper);
        if (executable.endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
        }
        command.add(executable);
        return command;
    }

    ServiceClient client() throws IOException {
        return new ServiceClient(address());
    }

    /** Waits until the service listens. */
    URI address() throws IOException {
        Instant deadline = Instant.now().plus(patience);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            Matcher matcher = LISTENING.matcher(log());
            if (matcher.find()) {
                return URI.create(matcher.group(1));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("The service does not listen:\n" + log());
    }

    /** Waits until the service listens or has ended; true if it has ended, and these words are in its log. */
    boolean hasEndedSaying(String words) throws IOException {
        Instant deadline = Instant.now().plus(patience);
        while (process.isAlive() && Instant.now().isBefore(deadline) && !LISTENING.matcher(log()).find()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return !process.isAlive() && log().contains(words);
    }

    /** Waits until the service has ended by itself. */
    int exitValue() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitValue();
    }

    /** Everything it has written. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        // Maven has the application in a child
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
