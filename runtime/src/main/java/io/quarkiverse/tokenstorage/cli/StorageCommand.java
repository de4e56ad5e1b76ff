package io.quarkiverse.tokenstorage.cli;

import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that turns its own failures into messages and exit codes, since the handlers of the application's
 * {@code CommandLine} are not ours.
 */
abstract class StorageCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    GeneralOptions general;

    @Inject
    TokenStorage storage;

    @Inject
    StorageSettings settings;

    @Override
    public final Integer call() {
        Terminal terminal = new Terminal(spec.commandLine());
        try {
            int exitCode = run(terminal);
            terminal.requireWritten();
            return exitCode;
        } catch (RuntimeException failure) {
            // The last frame that is ours: whatever gets past it reaches the user as a stack trace.
            return new FailureReport(terminal, spec, general.verbose).show(failure);
        }
    }

    /** @return one of {@link ExitCode} */
    abstract int run(Terminal terminal);
}
