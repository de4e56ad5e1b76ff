package io.quarkiverse.tokenstorage.runtime;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import io.quarkiverse.tokenstorage.cli.StartArguments;
import io.quarkus.runtime.annotations.CommandLineArguments;

/** Tells the commands what Quarkus was started with. A bean only in applications that have picocli. */
public class StartArgumentsProducer {

    @Produces
    StartArguments startArguments(@CommandLineArguments String[] arguments) {
        return new StartArguments(List.of(arguments));
    }
}
