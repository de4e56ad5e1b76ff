package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.process.BoundedProcess;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;
import io.quarkiverse.tokenstorage.sops.process.ProgramSearch;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** Finds {@code gpg} and runs it with what all uses have in common. Thread-safe. */
final class GpgProgram {

    static final String VARIABLE = "SOPS_GPG_EXEC";

    private static final String DEFAULT_PROGRAM = "gpg";
    private static final String TERMINAL_VARIABLE = "GPG_TTY";
    /** Quiet, in a form for programs, and off the network: a message can name keys that gpg would go and fetch. */
    private static final List<String> OPTIONS = List.of("--batch", "--no-tty", "--yes", "--status-fd", "2",
            "--disable-dirmngr");

    private final HostEnvironment environment;
    private final Supplier<Optional<Path>> terminal;

    /** @param terminal where a person can be asked, unless {@code GPG_TTY} says it */
    GpgProgram(HostEnvironment environment, Supplier<Optional<Path>> terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    HostEnvironment environment() {
        return environment;
    }

    /**
     * Whether gpg-agent may have a way to ask a person for a passphrase: a terminal or a desktop. A service has none, and
     * something that waits there waits in vain.
     */
    boolean canAskPerson() {
        return environment.operatingSystem() != OperatingSystem.LINUX
                || environment.nonEmptyVariable(TERMINAL_VARIABLE).isPresent() || terminal.get().isPresent()
                || environment.nonEmptyVariable("DISPLAY").isPresent()
                || environment.nonEmptyVariable("WAYLAND_DISPLAY").isPresent();
    }

    /**
     * @param arguments nothing secret
     * @param input for its standard input; the caller zeroes it
     * @return the run, whether gpg succeeded or not; the caller closes it
     * @throws ProcessFailureException if gpg was killed for taking too long or printing too much
     * @throws IOException if it could not be run at all; the message says what helps
     */
    GpgRun run(List<String> arguments, byte[] input, int largestOutput, Duration timeout) throws IOException {
        return new GpgRun(new BoundedProcess(command(arguments), variables(), environment.workingDirectory(), largestOutput,
                timeout).run(input));
    }

    boolean isInstalled() {
        return find().isPresent();
    }

    private Optional<Path> find() {
        return ProgramSearch.find(environment.nonEmptyVariable(VARIABLE).orElse(DEFAULT_PROGRAM), environment);
    }

    /** @throws IOException if there is none; the message says what helps */
    Path requireInstalled() throws IOException {
        Optional<String> configured = environment.nonEmptyVariable(VARIABLE);
        return find().orElseThrow(() -> new IOException(configured
                .map(text -> VARIABLE + " is '" + PrintableText.of(text)
                        + "', and there is no such program, or it is not executable: mend or unset it")
                .orElse("gpg is not installed, or not in PATH: install GnuPG (package gnupg on Debian and Ubuntu,"
                        + " gnupg2 on Fedora and RHEL, gnupg in Homebrew, Gpg4win on Windows), or set " + VARIABLE
                        + " to the path of gpg")));
    }

    private List<String> command(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(requireInstalled().toString());
        command.addAll(OPTIONS);
        command.addAll(arguments);
        return command;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = GpgVariables.of(environment);
        if (environment.nonEmptyVariable(TERMINAL_VARIABLE).isEmpty()) {
            // gpg itself would look at its standard input, which is a pipe
            terminal.get().ifPresent(path -> variables.put(TERMINAL_VARIABLE, path.toString()));
        }
        return variables;
    }
}
