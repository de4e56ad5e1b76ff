/**
 * Ready-made picocli commands that any command line can mount: list {@link io.quarkiverse.tokenstorage.cli.AuthCommand} and
 * {@link io.quarkiverse.tokenstorage.cli.SecretsCommand} among the {@code subcommands} of the application's own top command.
 * <p>
 * Results go to standard output, everything else to standard error, and every command ends with one of the codes of
 * {@link io.quarkiverse.tokenstorage.cli.ExitCode}, whatever handlers the application's {@code CommandLine} has. An
 * application that also wants its own usage errors to look and end like ours passes its {@code CommandLine} through
 * {@link io.quarkiverse.tokenstorage.cli.CommandLineSetup#apply}.
 */
package io.quarkiverse.tokenstorage.cli;
