package io.quarkiverse.tokenstorage.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The group {@code secrets}: the encryption that stored tokens rest on. */
@Command(name = "secrets", header = "Set up and check the encryption of tokens, change its keys, and encrypt JSON documents.", description = {
        "", "New here? Run 'secrets init' once, then 'secrets doctor'.",
        "" }, synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n", exitCodeOnInvalidInput = ExitCode.ERROR, modelTransformer = GroupSubcommands.class)
public final class SecretsCommand {

    @Mixin
    GeneralOptions general;
}
