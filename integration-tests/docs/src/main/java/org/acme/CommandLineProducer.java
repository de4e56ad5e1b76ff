package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.cli.CommandLineSetup;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import picocli.CommandLine;

/** Makes usage errors of the application's own commands look and end like those of the mounted ones. */
// tag::all[]
@ApplicationScoped
public class CommandLineProducer {

    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return CommandLineSetup.apply(factory.create(), HostEnvironment.current());
    }
}
// end::all[]
