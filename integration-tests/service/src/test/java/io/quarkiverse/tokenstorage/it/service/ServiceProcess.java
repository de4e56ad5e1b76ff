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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process of its own, in production mode, with nothing from this process but what is given. */
final class ServiceProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param home working directory and home directory
     * @param variables all environment variables of the process but HOME and PATH
     */
    static ServiceProcess start(Path home, Map<String, String> variables) throws IOException {
        Path log = Files.createTempFile(home, "service", ".log");
        ProcessBuilder builder = new ProcessBuilder(command()).directory(home.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().putAll(variables);
        return new ServiceProcess(builder.start(), log);
    }

    private static List<String> command() {
        String executable = System.getProperty("service.executable");
        assertThat(Path.of(executable)).isRegularFile();
        List<String> command = new ArrayList<>();
        if (executable.endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
        }
        command.add(executable);
        return command;
    }

    /** Waits until the service listens. */
    ServiceClient client() throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            Matcher matcher = LISTENING.matcher(log());
            if (matcher.find()) {
                return new ServiceClient(URI.create(matcher.group(1)));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("The service does not listen:\n" + log());
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
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
