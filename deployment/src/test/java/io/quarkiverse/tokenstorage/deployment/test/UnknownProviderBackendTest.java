package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class UnknownProviderBackendTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.providers.\"git.hub\".token-storage", "Sops")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessage("auth.providers.\"git.hub\".token-storage is 'Sops', but there is no such backend."
                            + " Use one of file, memory, sops, or add a TokenStorage bean with @Identifier(\"Sops\")"));

    @Test
    void theBuildFails() {
        fail("The application must not start");
    }
}
