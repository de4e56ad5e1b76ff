package org.acme;

// tag::all[]
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.cli.CommandLineSetup;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import picocli.CommandLine;

/** Gives usage errors of the application's own commands the form and exit code of the mounted ones. */
@ApplicationScoped
public class CommandLineProducer {

    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return CommandLineSetup.apply(factory.create(), HostEnvironment.current());
    }
}
// end::all[]
