package io.quarkiverse.tokenstorage.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
final class GeneralOptions {

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help and exit.")
    boolean help;

    @Option(names = "--verbose", description = "Show where in the program an error came from.")
    boolean verbose;
}
