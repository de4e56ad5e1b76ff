package io.quarkiverse.tokenstorage.interop.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * As much of the transit engine of HashiCorp Vault as sops asks for: it "encrypts" by giving the same text back with a prefix.
 */
final class VaultServer implements AutoCloseable {

    static final String TOKEN = "hvs.pLaNtEdVaUlTtOkEn";

    private static final Pattern FIELD = Pattern.compile("\"(?:plaintext|ciphertext)\":\\s*\"(?:vault:v1:)?([^\"]*)\"");

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int allowed = Integer.MAX_VALUE;

    VaultServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The address of a key, as rules name it. */
    String key(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/transit/keys/" + name;
    }

    /** Answers this many further requests, and refuses those after them. */
    void allow(int count) {
        allowed = requests.size() + count;
    }

    /** The paths that were asked for so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
            Matcher field = FIELD.matcher(body);
            if (!TOKEN.equals(token) || requests.size() > allowed) {
                respond(exchange, 403, "{\"errors\":[\"permission denied for " + token + "\"]}");
            } else if (!field.find()) {
                respond(exchange, 400, "{\"errors\":[\"no text\"]}");
            } else if (path.startsWith("/v1/transit/encrypt/")) {
                respond(exchange, 200, "{\"data\":{\"ciphertext\":\"vault:v1:" + field.group(1) + "\"}}");
            } else {
                respond(exchange, 200, "{\"data\":{\"plaintext\":\"" + field.group(1) + "\"}}");
            }
        }
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
