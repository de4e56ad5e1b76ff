package io.quarkiverse.tokenstorage.cli;

import java.io.Console;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/**
 * Asks the person at the terminal, without showing what is typed. The terminal is found even if standard input and output are
 * not it, as in {@code curl -H "Authorization: Bearer $(app auth token)"}. Thread-safe.
 */
public final class TerminalPassphrases implements PassphraseSource {

    private final HostEnvironment environment;

    public TerminalPassphrases(HostEnvironment environment) {
        this.environment = environment;
    }

    /** @return empty if there is no terminal, or its person ends the input */
    @Override
    public Optional<char[]> ask(String identity, int attempt) {
        String prompt = (attempt > 1 ? "Wrong passphrase. " : "") + "Passphrase for " + Terminal.harmless(identity) + ": ";
        Console console = System.console();
        return console == null ? new TerminalDevice(environment).readPassword(prompt)
                : Optional.ofNullable(console.readPassword("%s", prompt));
    }

    @Override
    public boolean canAsk() {
        // Newer versions of Java have a console without a terminal, too
        return environment.operatingSystem() == OperatingSystem.WINDOWS ? System.console() != null
                : new TerminalDevice(environment).isThere();
    }
}
