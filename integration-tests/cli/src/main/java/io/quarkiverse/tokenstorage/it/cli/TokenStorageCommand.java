package io.quarkiverse.tokenstorage.it.cli;

import io.quarkiverse.tokenstorage.cli.AuthCommand;
import io.quarkiverse.tokenstorage.cli.ExitCode;
import io.quarkiverse.tokenstorage.cli.SecretsCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** The application's own top command; the groups come from the extension. */
@TopCommand
@Command(name = "token-storage", header = "Keeps OAuth 2.0 tokens, encrypted with SOPS.", synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n", mixinStandardHelpOptions = true, versionProvider = ApplicationVersion.class, exitCodeOnInvalidInput = ExitCode.ERROR, subcommands = {
        AuthCommand.class, SecretsCommand.class })
public class TokenStorageCommand {
}
