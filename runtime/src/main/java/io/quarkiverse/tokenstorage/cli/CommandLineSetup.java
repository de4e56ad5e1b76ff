package io.quarkiverse.tokenstorage.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Makes a whole {@code CommandLine} behave like the commands of this package: usage errors are one line and a pointer to the
 * help, and end with {@link ExitCode#ERROR}; output is encoded as terminals expect, and without colours on one that
 * calls itself dumb.
 */
public final class CommandLineSetup {

    private static final String HELP = "--help";
    private static final String SHORT_HELP = "-h";
    /** It quotes arguments. */
    private static final int LONGEST_USAGE_ERROR = 500;

    private CommandLineSetup() {
    }

    /**
     * Changes the handlers of usage errors and of what commands throw, and both writers, also of all subcommands; adds
     * {@code --help} to the command on top if it has none. A {@link TokenStorageException} that a command throws becomes one
     * line and the exit code that the commands of this package have for it. Arguments that begin with {@code @} stand for
     * themselves: a file of arguments that holds a token by mistake would be quoted in an error.
     *
     * @return {@code commandLine}
     */
    public static CommandLine apply(CommandLine commandLine, HostEnvironment environment) {
        Charset charset = TerminalCharset.of(environment);
        if (environment.variable("TERM").filter("dumb"::equals).isPresent()) {
            commandLine.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        offerHelp(commandLine.getCommandSpec());
        return commandLine.setOut(new EncodedWriter(System.out, charset))
                .setErr(new EncodedWriter(System.err, charset))
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, command, arguments) -> failed(failure, command))
                .setParameterExceptionHandler((failure, arguments) -> usageError(failure));
    }

    /** Usage errors point to it, and the command on top is the application's own. */
    private static void offerHelp(CommandSpec spec) {
        if (spec.findOption(HELP) == null) {
            OptionSpec.Builder help = spec.findOption(SHORT_HELP) == null ? OptionSpec.builder(SHORT_HELP, HELP)
                    : OptionSpec.builder(HELP);
            spec.addOption(help.usageHelp(true).description("Show this help message and exit.").build());
        }
    }

    /** What a storage throws in a command of the application ends it as one of ours would end. */
    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof RuntimeException thrown
                && FailureReport.root(thrown) instanceof TokenStorageException) {
            return new FailureReport(new Terminal(command), command.getCommandSpec(), false).show(thrown);
        }
        throw failure;
    }

    private static int usageError(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        new Terminal(command).error(PrintableText.of(failure.getMessage(), LONGEST_USAGE_ERROR));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.ERROR;
    }
}
