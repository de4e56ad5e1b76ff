package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** The configured backend, and one that is only injected by its name. */
class InjectedBackendTest {

    private static final String USE_AFTER_THE_END = InjectedBackendTest.class.getName();

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.token-storage", "file")
            .setAfterUndeployListener(() -> assertThatThrownBy(
                    () -> ((Callable<?>) System.getProperties().remove(USE_AFTER_THE_END)).call())
                    .isInstanceOf(IllegalStateException.class).hasMessage("The token storage is closed"));

    @Inject
    TokenStorage storage;

    @Identifier("memory")
    @Inject
    TokenStorage memory;

    @Inject
    StorageSettings settings;

    @Test
    void theConfiguredBackendKeepsPlainFilesOfTheirOwner() throws Exception {
        storage.save("github", AuthToken.builder("access-1").build());

        Path file = settings.fileDirectory().resolve("github.token.json");
        assertThat(file).content().contains("access-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(storage.load("github")).get().extracting(AuthToken::accessToken).isEqualTo("access-1");
    }

    @Test
    void onlyTheConfiguredAndTheInjectedBackendAreInTheApplication() {
        assertThat(Arc.container().listAll(TokenStorage.class, Any.Literal.INSTANCE))
                .flatExtracting(handle -> handle.getBean().getQualifiers()).filteredOn(Identifier.class::isInstance)
                .containsExactlyInAnyOrder(Identifier.Literal.of("file"), Identifier.Literal.of("memory"));
    }

    @Test
    void backendsAreClosedWhenTheApplicationEnds() {
        TokenStorage backend = ClientProxy.unwrap(memory);
        System.getProperties().put(USE_AFTER_THE_END, (Callable<?>) backend::providers);
    }
}
