package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The service of the README does what the README says. */
@QuarkusTest
class SessionResourceTest {

    @TestHTTPResource("/session")
    URI address;

    @Inject
    TokenStorage tokens;

    @ConfigProperty(name = "auth.storage.sops.directory")
    Path directory;

    @AfterEach
    void logOut() {
        tokens.delete("acme");
    }

    @Test
    void keepsTheTokenEncryptedAndShowsNoneOfIt() throws Exception {
        assertThat(call(HttpRequest.newBuilder(address).GET())).isEqualTo("not logged in");

        call(HttpRequest.newBuilder(address).PUT(BodyPublishers.ofString("eyJhbGciOi")));

        assertThat(call(HttpRequest.newBuilder(address).GET())).isEqualTo("AuthToken[Bearer, expires unknown, scope []]");
        assertThat(directory.resolve("acme.token.sops.json")).content()
                .contains("\"access_token\": \"ENC[AES256_GCM,").doesNotContain("eyJhbGciOi");
    }

    private static String call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
    }
}
