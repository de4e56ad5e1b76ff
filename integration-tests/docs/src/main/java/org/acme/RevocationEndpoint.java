package org.acme;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the provider takes tokens back: RFC 7009 section 2. */
@ApplicationScoped
public class RevocationEndpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ConfigProperty(name = "acme.revocation-endpoint", defaultValue = "https://idp.example/revoke")
    URI address;

    @ConfigProperty(name = "acme.client-id", defaultValue = "acme")
    String clientId;

    /** A token that the provider does not know any more is no failure. */
    void revoke(String token) {
        String form = "client_id=" + encoded(clientId) + "&token=" + encoded(token);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        try {
            int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("The provider refuses to revoke: status " + status);
            }
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
