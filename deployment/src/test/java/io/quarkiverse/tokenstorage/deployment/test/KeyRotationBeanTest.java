package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.KeyChange;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenInspection;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** What only the encrypted backend can do is injected by its type. */
class KeyRotationBeanTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    KeyRotation rotation;

    @Inject
    TokenInspection inspection;

    @Inject
    TokenStorage storage;

    @Inject
    @Identifier("sops")
    SopsTokenStorage encrypted;

    @Inject
    StorageSettings settings;

    @Test
    void theKeysOfTheEncryptedBackendAreChanged() throws Exception {
        AuthToken token = AuthToken.builder("access-1").build();
        storage.save("github", token);
        Path file = settings.sopsDirectory().resolve("github.token.sops.json");
        byte[] before = Files.readAllBytes(file);

        assertThat(rotation.providers()).containsExactly("github");
        assertThat(rotation.rotate("github")).get().extracting(KeyChange::location).isEqualTo(file.toString());
        assertThat(rotation.updateKeys("github")).get().extracting(KeyChange::changed).isEqualTo(false);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        assertThat(storage.load("github")).contains(token);
        assertThat(inspection.inspect("github").orElseThrow().showsSomething()).isFalse();
        assertThat(encrypted.load("github")).contains(token);
    }
}
