package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class RunTimeOverrideTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.token-storage", "file")
            .overrideRuntimeConfigKey("auth.token-storage", "sops")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("auth.token-storage is 'sops' now (set in ")
                    .hasMessageEndingWith("), but the application was built with 'file', and the"
                            + " backend cannot change afterwards. Build the application again with the backend you want,"
                            + " or remove the setting from where it is started"));

    @Test
    void theApplicationRefusesToStart() {
        fail("The application must not start");
    }
}
