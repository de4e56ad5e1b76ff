package io.quarkiverse.tokenstorage.it.cli;

import jakarta.enterprise.context.Dependent;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import picocli.CommandLine.IVersionProvider;

@Dependent
public class ApplicationVersion implements IVersionProvider {

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @Override
    public String[] getVersion() {
        return new String[] { "token-storage " + version };
    }
}
