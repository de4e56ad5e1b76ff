package org.acme;

import io.quarkiverse.tokenstorage.cli.AuthCommand;
import io.quarkiverse.tokenstorage.cli.SecretsCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** A command line with the commands of the extension and one of its own. */
// tag::all[]
@TopCommand
@Command(name = "acme", subcommands = { AuthCommand.class, SecretsCommand.class, CallCommand.class })
public class Acme {
}
// end::all[]
