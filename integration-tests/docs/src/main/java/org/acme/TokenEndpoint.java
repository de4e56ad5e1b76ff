package org.acme;

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

/** The provider, as this application sees it: RFC 6749 section 6. */
@ApplicationScoped
public class TokenEndpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ConfigProperty(name = "acme.token-endpoint", defaultValue = "https://idp.example/token")
    URI address;

    @ConfigProperty(name = "acme.client-id", defaultValue = "acme")
    String clientId;

    /** @return the token response */
    byte[] refresh(String refreshToken) {
        String form = "grant_type=refresh_token&client_id=" + encoded(clientId) + "&refresh_token=" + encoded(refreshToken);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        try {
            HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The provider refuses to refresh: status " + response.statusCode());
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
