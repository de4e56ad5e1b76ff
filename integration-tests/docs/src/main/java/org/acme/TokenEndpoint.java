package org.acme;

// tag::all[]
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The token endpoint of the provider. Both methods return the body of the token response. */
@ApplicationScoped
public class TokenEndpoint {

    /** Shorter than auth.storage.lock-timeout, because other callers wait for the lock meanwhile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @ConfigProperty(name = "acme.token-endpoint", defaultValue = "https://idp.example/token")
    URI address;

    @ConfigProperty(name = "acme.client-id", defaultValue = "acme")
    String clientId;

    @ConfigProperty(name = "acme.client-secret", defaultValue = "secret")
    String clientSecret;

    /** Client credentials: RFC 6749 section 4.4. */
    public byte[] logIn() {
        return post("grant_type=client_credentials");
    }

    /** RFC 6749 section 6. */
    public byte[] refresh(String refreshToken) {
        return post("grant_type=refresh_token&refresh_token=" + encoded(refreshToken));
    }

    private byte[] post(String grant) {
        String form = grant + "&client_id=" + encoded(clientId) + "&client_secret=" + encoded(clientSecret);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        try {
            HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The provider refused the request: status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("The provider does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the provider");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
// end::all[]
