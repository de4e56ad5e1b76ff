package io.quarkiverse.tokenstorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Programs of the system that tests need. */
final class SystemCommand {

    private SystemCommand() {
    }

    /** Runs it and returns whether it succeeded; false also if there is no such program. */
    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                System.err.println(List.of(command) + " exits with " + status + ": " + output.strip());
            }
            return status == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test, saying why, unless the command succeeds. */
    static void runOrSkip(String... command) {
        assumeTrue(run(command), () -> "SKIPPED: this needs '" + String.join(" ", command) + "', which fails here");
    }

    /** Skips the test, saying why, unless it can give files away and run programs as another user. */
    static void requireRoot() throws IOException {
        assumeTrue(ProcessUser.uid() == 0 && run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"),
                "SKIPPED: only root, with setpriv(1), can show what another user may do");
    }
}
