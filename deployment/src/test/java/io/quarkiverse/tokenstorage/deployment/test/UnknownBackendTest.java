package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class UnknownBackendTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(MapTokenStorage.class, VaultStorage.class))
            .overrideConfigKey("auth.token-storage", "keyring")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessage("auth.token-storage is 'keyring', but there is no such backend. Use one of file, memory, sops,"
                            + " vault, or add a TokenStorage bean with @Identifier(\"keyring\")"));

    @Test
    void theBuildFails() {
        fail("The application must not start");
    }

    @ApplicationScoped
    @Identifier("vault")
    static class VaultStorage extends MapTokenStorage {
    }
}
