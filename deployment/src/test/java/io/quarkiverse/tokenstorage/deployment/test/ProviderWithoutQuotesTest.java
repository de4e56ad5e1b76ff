package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

class ProviderWithoutQuotesTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.token-storage", "file")
            .overrideConfigKey("auth.providers.login.example.com.token_storage", "sops")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessage("auth.providers.login.example.com.token-storage: a provider name with a dot needs quotes,"
                            + " write auth.providers.\"login.example.com\".token-storage"));

    @Test
    void theBuildFails() {
        fail("The application must not start");
    }
}
