package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.process.BoundedProcess;
import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.process.ProgramSearch;

/**
 * The program of {@code SOPS_AGE_KEY_CMD}, which prints identities, or of {@code SOPS_AGE_SSH_PRIVATE_KEY_CMD}, which prints
 * an SSH key. Runs without a shell, for a bounded time; what it writes
 * to its standard error is dropped, for it may hold secrets.
 */
final class IdentityCommand {

    static final String VARIABLE = "SOPS_AGE_KEY_CMD";
    static final String SSH_VARIABLE = "SOPS_AGE_SSH_PRIVATE_KEY_CMD";
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int LARGEST_OUTPUT = 1 << 16;
    private static final byte[] NO_INPUT = {};

    private final IdentitySource source;
    private final String commandLine;
    private final HostEnvironment environment;
    private final Duration timeout;

    /** @param source names the variable, and tells what the program prints */
    IdentityCommand(IdentitySource source, String commandLine, HostEnvironment environment, Duration timeout) {
        this.source = source;
        this.commandLine = commandLine;
        this.environment = environment;
        this.timeout = timeout;
    }

    IdentitySource source() {
        return source;
    }

    /**
     * @param recipient what the entry to be opened was encrypted for; the program is told
     * @return what it printed; the caller zeroes it
     * @throws IOException if it fails; the message is for people and holds nothing of its output
     */
    byte[] run(String recipient) throws IOException {
        try (ProcessResult result = process(recipient).run(NO_INPUT)) {
            if (result.exitCode() != 0) {
                throw new IOException("the program exited with " + result.exitCode() + "; run it by hand to see why");
            }
            return result.output().clone();
        }
    }

    private BoundedProcess process(String recipient) throws IOException {
        List<String> words = new ArrayList<>(words());
        Path program = ProgramSearch.find(words.get(0), environment)
                .orElseThrow(() -> new IOException("the program cannot be found or is not executable: check its path"));
        words.set(0, program.toString());
        Map<String, String> variables = new HashMap<>(environment.variables());
        // No secret in the environment of a child: unlike sops, which leaves it there
        variables.remove(IdentityVariables.AGE_KEY);
        variables.put("SOPS_AGE_RECIPIENT", recipient);
        return new BoundedProcess(words, variables, environment.workingDirectory(), LARGEST_OUTPUT, timeout);
    }

    private List<String> words() throws IOException {
        List<String> words;
        try {
            words = ShellWords.split(commandLine);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
        if (words.isEmpty()) {
            throw new IOException("it is empty: name a program, or unset it");
        }
        return words;
    }
}
