package io.quarkiverse.tokenstorage.sops.executable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.process.BoundedProcess;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException.Reason;
import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.process.ProgramSearch;

/**
 * A sops program on this machine. It is looked for at each use, so that one installed later is found; its version is asked
 * once. Thread-safe.
 */
public final class SopsProgram {

    /** How long each run may take, the services that it asks included. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What to do where there is no usable program; ends the messages that say so. */
    public static final String REMEDY = "install sops " + SopsVersion.OLDEST + " or newer, set auth.storage.sops.executable to"
            + " its path, or remove auth.storage.sops.engine";

    /** Interrupts that one run is begun again after. */
    private static final int MOST_INTERRUPTS = 3;

    private static final byte[] NO_INPUT = {};
    private final String program;
    private final HostEnvironment environment;
    private final Duration timeout;
    private volatile Path usable;

    /**
     * @param program a name that is searched in {@code PATH}, or a path, which starts at the working directory if it is
     *        relative
     * @param environment what the program is given, and where it is searched
     * @param timeout how long a run may take
     */
    public SopsProgram(String program, HostEnvironment environment, Duration timeout) {
        this.program = program;
        this.environment = environment;
        this.timeout = timeout;
    }

    /**
     * Looks for the program and asks for its version.
     *
     * @return path and version, for people
     * @throws StorageNotConfiguredException if it is not there, cannot be started, is not sops or too old
     */
    public String describe() {
        Path path = find();
        return path + " (" + requireVersion(path) + ")";
    }

    HostEnvironment environment() {
        return environment;
    }

    /** The file that is always empty, for a run that must not find rules. */
    String noRulesFile() {
        return environment.operatingSystem() == OperatingSystem.WINDOWS ? "NUL" : "/dev/null";
    }

    /**
     * Runs it. An interrupt of the thread does not end that, for what is encrypted may be the only copy of a token: it is kept
     * until the end.
     *
     * @param arguments nothing secret
     * @param variables its environment, as {@link #variables()} changed
     * @return what it did; the caller closes it
     * @throws StorageNotConfiguredException if it is not there, cannot be started, is not sops or too old
     * @throws TokenStorageException if it exceeds a bound; what it said until then is dropped
     */
    ProcessResult run(List<String> arguments, Map<String, String> variables, byte[] input) {
        Path path = find();
        if (!path.equals(usable)) {
            requireVersion(path);
            usable = path;
        }
        return run(path, arguments, variables, input);
    }

    /** A copy of the environment, with what sops needs to keep to its business. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("SOPS_DISABLE_VERSION_CHECK", "1");
        return variables;
    }

    private Path find() {
        return ProgramSearch.find(program, environment).orElseThrow(() -> new StorageNotConfiguredException(
                "There is no program '" + program + "'" + where() + "; " + REMEDY));
    }

    private String where() {
        return program.indexOf('/') >= 0 ? " that may be executed" : " in PATH";
    }

    private SopsVersion requireVersion(Path path) {
        Map<String, String> variables = variables();
        variables.remove(IdentityVariables.AGE_KEY);
        try (ProcessResult result = run(path, List.of("--version"), variables, NO_INPUT)) {
            List<String> lines = new String(result.output(), StandardCharsets.UTF_8).lines().toList();
            Optional<SopsVersion> version = result.exitCode() == 0 ? SopsVersion.parse(lines) : Optional.empty();
            if (version.isEmpty()) {
                throw new StorageNotConfiguredException(path + " does not tell its version as sops does; " + REMEDY);
            }
            if (version.get().isTooOld()) {
                throw new StorageNotConfiguredException(path + " is sops " + version.get()
                        + ", which is too old to be used through standard input; " + REMEDY);
            }
            return version.get();
        }
    }

    private ProcessResult run(Path path, List<String> arguments, Map<String, String> variables, byte[] input) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(arguments);
        BoundedProcess process = new BoundedProcess(command, variables, environment.workingDirectory(), JsonReader.MAX_SIZE,
                timeout);
        boolean interrupted = Thread.interrupted();
        try {
            for (int interrupts = 0;; interrupts++) {
                try {
                    return process.run(input);
                } catch (ProcessFailureException e) {
                    if (e.reason() != Reason.INTERRUPTED || interrupts == MOST_INTERRUPTS) {
                        throw failure(path, e);
                    }
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static TokenStorageException failure(Path path, ProcessFailureException e) {
        return e.reason() == Reason.NOT_STARTED
                ? new StorageNotConfiguredException(path + ": " + e.getMessage() + "; " + REMEDY)
                : new TokenStorageException(path + ": " + e.getMessage());
    }
}
