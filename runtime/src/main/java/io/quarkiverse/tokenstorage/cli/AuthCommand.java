package io.quarkiverse.tokenstorage.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The group {@code auth}: what a person does with stored tokens. */
@Command(name = "auth", header = "Keep and use the tokens of identity providers.", description = {
        "", "A token is stored under the name of its provider; every command finds it again in later processes.",
        "" }, synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n", exitCodeOnInvalidInput = ExitCode.ERROR, modelTransformer = GroupSubcommands.class)
public final class AuthCommand {

    @Mixin
    GeneralOptions general;
}
