package org.acme;

// tag::all[]
import io.quarkiverse.tokenstorage.cli.AuthCommand;
import io.quarkiverse.tokenstorage.cli.SecretsCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

@TopCommand
@Command(name = "acme", mixinStandardHelpOptions = true, subcommands = {
        AuthCommand.class, SecretsCommand.class, LoginCommand.class, CallCommand.class })
public class Acme {
}
// end::all[]
