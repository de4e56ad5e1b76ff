package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** Whoever injects the rotation of keys needs the encrypted backend, and gets it even where another keeps the tokens. */
class InjectedKeyRotationTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.token-storage", "memory");

    @Inject
    KeyRotation rotation;

    @Test
    void theEncryptedBackendIsInTheApplication() {
        assertThat(rotation.providers()).isEmpty();
        assertThat(rotation.rotate("github")).isEmpty();
        assertThat(Arc.container().listAll(TokenStorage.class, Any.Literal.INSTANCE))
                .flatExtracting(handle -> handle.getBean().getQualifiers()).filteredOn(Identifier.class::isInstance)
                .containsExactly(Identifier.Literal.of("sops"));
    }
}
