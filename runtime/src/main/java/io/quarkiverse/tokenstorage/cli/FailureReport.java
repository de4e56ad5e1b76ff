package io.quarkiverse.tokenstorage.cli;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Tells the user about a failure in one line; where it came from only if asked. */
final class FailureReport {

    private final Terminal terminal;
    private final CommandSpec spec;
    private final boolean verbose;

    FailureReport(Terminal terminal, CommandSpec spec, boolean verbose) {
        this.terminal = terminal;
        this.spec = spec;
        this.verbose = verbose;
    }

    /** @return the exit code for this failure */
    int show(RuntimeException failure) {
        RuntimeException cause = root(failure);
        terminal.error(message(cause) + (cause instanceof StorageNotConfiguredException ? doctorHint(cause) : ""));
        if (verbose) {
            trace(failure);
        }
        return exitCode(cause);
    }

    /** Containers wrap what a bean's creation throws; the user is to see what we said. */
    static RuntimeException root(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenStorageException || cause instanceof CommandFailure) {
                return (RuntimeException) cause;
            }
        }
        return failure;
    }

    private String message(RuntimeException failure) {
        return describe(failure) + (isOurs(failure) || verbose ? "" : "; --verbose shows where");
    }

    /** The message, but of a foreign exception only its class: that message may quote a token. */
    static String describe(RuntimeException failure) {
        return isOurs(failure) ? failure.getMessage() : "Internal error: " + failure.getClass().getName();
    }

    static int exitCode(RuntimeException failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        }
        return failure instanceof StorageNotConfiguredException ? ExitCode.CONFIGURATION : ExitCode.ERROR;
    }

    private static boolean isOurs(Throwable failure) {
        return failure instanceof TokenStorageException || failure instanceof CommandFailure;
    }

    private String doctorHint(RuntimeException failure) {
        if (failure.getMessage().contains("secrets doctor")) {
            return "";
        }
        CommandLine secrets = spec.root().subcommands().get("secrets");
        // The doctor itself may not be set up: a process that was started with another command has only that one
        return secrets == null || !(secrets.getCommand() instanceof SecretsCommand)
                || spec.userObject() instanceof SecretsDoctorCommand ? ""
                        : ". Run '" + secrets.getCommandSpec().qualifiedName() + " doctor' for setup";
    }

    private void trace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            terminal.say((cause == failure ? "" : "Caused by: ") + cause.getClass().getName()
                    + (isOurs(cause) ? ": " + cause.getMessage() : ""));
            for (StackTraceElement frame : cause.getStackTrace()) {
                terminal.say("    at " + frame);
            }
        }
    }
}
