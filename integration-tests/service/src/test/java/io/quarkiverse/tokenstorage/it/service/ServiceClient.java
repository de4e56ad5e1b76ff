package io.quarkiverse.tokenstorage.it.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the service at one address. */
final class ServiceClient {

    private final URI service;
    private final URI tokens;
    private final HttpClient client = HttpClient.newHttpClient();

    ServiceClient(URI service) {
        this.service = service;
        this.tokens = service.resolve("/tokens");
    }

    /** Asks for what the service shows of itself, such as {@code /q/metrics}. */
    HttpResponse<String> operations(String path) {
        return send("GET", service.resolve(path), "");
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> put(String path, String json) {
        return send("PUT", path, json);
    }

    HttpResponse<String> post(String path) {
        return send("POST", path, "");
    }

    HttpResponse<String> delete(String path) {
        return send("DELETE", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, URI.create(tokens + path), body);
    }

    private HttpResponse<String> send(String method, URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)).build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + address + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + address + " was interrupted", e);
        }
    }
}
