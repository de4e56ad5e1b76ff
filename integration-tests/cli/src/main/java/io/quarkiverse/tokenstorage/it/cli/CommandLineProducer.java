package io.quarkiverse.tokenstorage.it.cli;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.cli.CommandLineSetup;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import picocli.CommandLine;

/** Makes usage errors of the top command end like those of the mounted ones. */
@ApplicationScoped
public class CommandLineProducer {

    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return CommandLineSetup.apply(factory.create(), HostEnvironment.current());
    }
}
