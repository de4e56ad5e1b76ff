package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.QuarkusUnitTest;

/** The engine is chosen when the application runs; one whose program is missing does not keep it from starting. */
class ExecutableEngineTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideRuntimeConfigKey("auth.storage.sops.engine", "executable")
            .overrideRuntimeConfigKey("auth.storage.sops.executable", "no-such-sops");

    @Inject
    TokenStorage storage;

    @Test
    void savingNamesTheMissingProgramAndHandsTheTokenBack() {
        AuthToken token = AuthToken.builder("a").build();

        StorageNotConfiguredException failure = catchThrowableOfType(StorageNotConfiguredException.class,
                () -> storage.save("corporate", token));

        assertThat(failure).hasMessageStartingWith("There is no program 'no-such-sops' in PATH; install sops");
        assertThat(failure.unsavedToken()).contains(token);
        assertThat(storage.load("corporate")).isEmpty();
    }
}
