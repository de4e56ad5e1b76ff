package io.quarkiverse.tokenstorage.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

import io.quarkiverse.tokenstorage.HostEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Makes a whole {@code CommandLine} behave like the commands of this package: usage errors are one line and a pointer to the
 * help, and end with {@link ExitCode#ERROR}; output is encoded as terminals expect, and without colours on one that
 * calls itself dumb.
 */
public final class CommandLineSetup {

    private CommandLineSetup() {
    }

    /**
     * Changes the handler of usage errors and both writers, also of all subcommands.
     *
     * @return {@code commandLine}
     */
    public static CommandLine apply(CommandLine commandLine, HostEnvironment environment) {
        Charset charset = TerminalCharset.of(environment);
        if (environment.variable("TERM").filter("dumb"::equals).isPresent()) {
            commandLine.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        return commandLine.setOut(new EncodedWriter(System.out, charset))
                .setErr(new EncodedWriter(System.err, charset))
                .setParameterExceptionHandler((failure, arguments) -> usageError(failure));
    }

    private static int usageError(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        new Terminal(command).error(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.ERROR;
    }
}
