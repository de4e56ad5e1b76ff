package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
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

/** Backends of the application, chosen for all providers and for single ones; only what is chosen is there. */
class CustomBackendTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").build();

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClasses(MapTokenStorage.class, Backends.class))
            .overrideConfigKey("auth.token-storage", "vault")
            .overrideConfigKey("auth.providers.\"corp.example\".token-storage", "hsm")
            .overrideConfigKey("auth.providers.my_lab.token_storage", "hsm")
            .overrideConfigKey("auth.providers.scratch.token-storage", "memory")
            .overrideConfigKey("auth.providers.undecided.client-id", "abc")
            .overrideConfigKey("auth.default_provider", "my_lab")
            .overrideConfigKey("auth.application-key", "that no mapping knows");

    @Inject
    TokenStorage storage;

    @Inject
    StorageSettings settings;

    @Test
    void eachProviderIsKeptWhereItWasConfigured() {
        storage.save("github", TOKEN);
        storage.save("corp.example", TOKEN);
        storage.save("my_lab", TOKEN);
        storage.save("undecided", TOKEN);

        assertThat(backend("vault").providers()).containsExactly("github", "undecided");
        assertThat(backend("hsm").providers()).containsExactly("corp.example", "my_lab");
        assertThat(storage.providers()).containsExactly("corp.example", "github", "my_lab", "undecided");
        assertThatThrownBy(() -> storage.providers().clear()).isInstanceOf(UnsupportedOperationException.class);

        backend("hsm").save("github", TOKEN);
        assertThat(storage.delete("github")).isTrue();
        assertThat(storage.exists("github")).isFalse();
        assertThat(storage.load("github")).isEmpty();
        assertThat(storage.providers()).containsExactly("corp.example", "my_lab", "undecided");
        assertThat(storage.update("my_lab", token -> Optional.empty())).isEmpty();
        assertThat(backend("hsm").exists("my_lab")).isFalse();
    }

    @Test
    void aBeanOfTheApplicationMayTakeTheNameOfABuiltInBackend() {
        storage.save("scratch", TOKEN);

        assertThat(ClientProxy.unwrap(backend("memory"))).isExactlyInstanceOf(MapTokenStorage.class);
        assertThat(backend("memory").providers()).containsExactly("scratch");
        assertThat(storage.delete("scratch")).isTrue();
    }

    @Test
    void onlyTheChosenBackendsAreInTheApplication() {
        assertThat(Arc.container().listAll(TokenStorage.class, Any.Literal.INSTANCE))
                .flatExtracting(handle -> handle.getBean().getQualifiers()).filteredOn(Identifier.class::isInstance)
                .containsExactlyInAnyOrder(Identifier.Literal.of("vault"), Identifier.Literal.of("hsm"),
                        Identifier.Literal.of("memory"));
    }

    @Test
    void theSettingsSayWhatWasChosen() {
        assertThat(settings.defaultBackend()).isEqualTo("vault");
        assertThat(settings.providerBackends()).containsOnlyKeys("corp.example", "my_lab", "scratch").containsEntry("my_lab",
                "hsm");
        assertThat(settings.defaultProvider()).contains("my_lab");
    }

    private static TokenStorage backend(String name) {
        return Arc.container().select(TokenStorage.class, Identifier.Literal.of(name)).get();
    }

    static class Backends {

        @ApplicationScoped
        @Produces
        @Identifier("vault")
        TokenStorage vault() {
            return new MapTokenStorage();
        }

        @ApplicationScoped
        @Produces
        @Identifier("hsm")
        TokenStorage hsm() {
            return new MapTokenStorage();
        }

        @ApplicationScoped
        @Produces
        @Identifier("memory")
        TokenStorage memory() {
            return new MapTokenStorage();
        }

        @ApplicationScoped
        @Produces
        @Identifier("unused")
        TokenStorage unused() {
            return new MapTokenStorage();
        }
    }
}
