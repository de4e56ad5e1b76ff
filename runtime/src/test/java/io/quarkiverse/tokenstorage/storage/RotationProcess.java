package io.quarkiverse.tokenstorage.storage;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** The main class of other JVMs that work on the tokens of a {@link SopsHome}, and the handle of one of them. */
final class RotationProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private RotationProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static RotationProcess start(String role, Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath(),
                RotationProcess.class.getName(), role, home.toString()));
        command.addAll(List.of(arguments));
        // Standard error is the log; failures are told on standard output
        return new RotationProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** The next line that it prints; null at the end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** All that it still prints. */
    List<String> rest() {
        return output.lines().toList();
    }

    /** SIGKILL; returns when it is dead. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** Ends its standard input, which ends a rotator. */
    void release() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) {
        SopsHome home = SopsHome.existing(Path.of(arguments[1]));
        try {
            switch (arguments[0]) {
                case "rotate" -> rotate(home, List.of(arguments).subList(2, arguments.length));
                case "update" -> update(home, arguments[2], Integer.parseInt(arguments[3]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (TokenStorageException e) {
            System.out.println("FAILED " + e);
        }
    }

    /** Changes keys again and again, always of all, between two sets of recipients; prints a line for each change. */
    private static void rotate(SopsHome home, List<String> providers) {
        AtomicBoolean ended = endOfInput();
        try (SopsTokenStorage one = home.openFor(SopsHome.OWN);
                SopsTokenStorage two = home.openFor(SopsHome.OWN, SopsHome.OTHER)) {
            for (int round = 0; !ended.get() && !System.out.checkError(); round++) {
                for (String provider : providers) {
                    SopsTokenStorage storage = round % 2 == 0 ? two : one;
                    KeyChange change = (round % 3 == 0 ? storage.rotate(provider) : storage.updateKeys(provider)).orElseThrow();
                    System.out.println(provider + " " + change.changed());
                }
            }
        }
    }

    private static AtomicBoolean endOfInput() {
        AtomicBoolean ended = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException e) {
                // then the other side is gone, too
            }
            ended.set(true);
        });
        reader.setDaemon(true);
        reader.start();
        return ended;
    }

    private static void update(SopsHome home, String provider, int count) {
        try (SopsTokenStorage storage = home.open()) {
            for (int i = 0; i < count; i++) {
                storage.update(provider, stored -> stored.map(token -> token.toBuilder()
                        .refreshToken(Integer.toString(Integer.parseInt(token.refreshToken().orElseThrow()) + 1)).build()));
            }
        }
        System.out.println("done");
    }
}
