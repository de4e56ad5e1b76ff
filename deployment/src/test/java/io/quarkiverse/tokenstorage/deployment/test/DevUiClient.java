package io.quarkiverse.tokenstorage.deployment.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Asks what the pages of the Dev UI ask. One question at a time; that of Quarkus looks for an answer every three seconds only.
 */
final class DevUiClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> KEYED = Set.of("details", "reveal", "delete", "importToken");

    private final WebSocket socket;
    private final String pageKey;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int asked;

    private DevUiClient(int port, String origin) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        this.pageKey = JSON.readTree(http.send(HttpRequest.newBuilder(pageKey(port)).build(), BodyHandlers.ofString()).body())
                .asText();
        this.socket = http.newWebSocketBuilder().header("Origin", origin)
                .buildAsync(URI.create("ws://localhost:" + port + "/q/dev-ui/json-rpc-ws"), new Answers())
                .get(30, TimeUnit.SECONDS);
    }

    static DevUiClient connect(int port) throws Exception {
        return new DevUiClient(port, "http://localhost:" + port);
    }

    static URI pageKey(int port) {
        return URI.create("http://localhost:" + port + "/q/dev-ui/quarkus-token-storage/token-storage-page-key.json");
    }

    /** As a page of another site would. */
    static DevUiClient connectFrom(String origin, int port) throws Exception {
        return new DevUiClient(port, origin);
    }

    private final class Answers implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                answers.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /**
     * Asks as a page does.
     *
     * @param parameters names and values in turn
     */
    JsonNode ask(String method, Object... parameters) throws IOException, InterruptedException {
        return askWithKey(KEYED.contains(method) ? pageKey : null, method, parameters);
    }

    /** @param key null to present none */
    JsonNode askWithKey(String key, String method, Object... parameters) throws IOException, InterruptedException {
        Map<String, Object> named = new LinkedHashMap<>();
        if (key != null) {
            named.put("key", key);
        }
        for (int i = 0; i < parameters.length; i += 2) {
            named.put((String) parameters[i], parameters[i + 1]);
        }
        int id = ++asked;
        socket.sendText(JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", id, "method",
                "quarkus-token-storage_" + method, "params", named)), true).join();
        for (;;) {
            String answer = answers.poll(60, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("No answer to " + method);
            }
            JsonNode json = JSON.readTree(answer);
            if (json.path("id").asInt() == id) {
                if (!json.has("result")) {
                    throw new AssertionError(method + ": " + answer);
                }
                return json.get("result").get("object");
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
