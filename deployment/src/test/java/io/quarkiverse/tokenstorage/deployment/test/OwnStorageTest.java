package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.QuarkusUnitTest;

/** A TokenStorage bean of the application takes the place of the configured one. */
class OwnStorageTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(MapTokenStorage.class, OwnStorage.class))
            .overrideConfigKey("auth.token-storage", "file")
            .overrideRuntimeConfigKey("auth.token-storage", "sops")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.tokenstorage")
                    && record.getLevel().intValue() >= Level.INFO.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(record -> String.format(record.getMessage(),
                    record.getParameters()))
                    .containsOnlyOnce("TokenStorage is " + OwnStorage.class.getName()
                            + ", a bean of the application: auth.token-storage=file is ignored"));

    @Inject
    TokenStorage storage;

    @Test
    void theBeanOfTheApplicationIsInjected() {
        storage.save("github", AuthToken.builder("access-1").build());

        assertThat(ClientProxy.unwrap(storage)).isInstanceOf(OwnStorage.class);
        assertThat(storage.load("github")).isPresent();
    }

    @ApplicationScoped
    static class OwnStorage extends MapTokenStorage {
    }
}
