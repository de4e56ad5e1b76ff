package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.QuarkusDevModeTest;

/** What others than the pages get to know where a developer has turned the Dev MCP server of Quarkus on. */
public class DevMcpTest {

    private static final int PORT = DevModePort.choose();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFUSAL = "Only the pages of the Dev UI may ask for this";

    @RegisterExtension
    static final QuarkusDevModeTest TEST = new QuarkusDevModeTest().withApplicationRoot(archive -> archive
            .addClass(LockingResource.class)
            .addAsResource(new StringAsset("auth.token-storage=memory"), "application.properties"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final String home = System.getProperty("user.home");

    /** Quarkus looks there at the first call whether the developer has turned the server on. */
    @BeforeEach
    void turnOn(@TempDir Path developer) throws IOException {
        Files.writeString(Files.createDirectory(developer.resolve(".quarkus")).resolve("dev-mcp.properties"), "enabled=true\n");
        System.setProperty("user.home", developer.toString());
    }

    @AfterEach
    void comeHome() {
        System.setProperty("user.home", home);
    }

    @Test
    void onlyThePagesSeeAndChangeTokens() throws Exception {
        try (DevUiClient page = DevUiClient.connect(PORT)) {
            assertThat(page.ask("importToken", "provider", "p", "response", "{\"access_token\": \"at-planted\"}")
                    .get("done").asBoolean()).isTrue();

            assertThat(mcp("tools/list", "{}")).contains("\"tools\"").doesNotContain("quarkus-token-storage");
            for (String key : List.of("", ", \"key\": null", ", \"key\": \"\"", ", \"key\": \"" + "0".repeat(64) + "\"")) {
                assertThat(call("reveal", "\"provider\": \"p\", \"member\": \"access_token\"" + key)).doesNotContain("planted");
                assertThat(call("details", "\"provider\": \"p\"" + key)).doesNotContain("access_token");
                assertThat(call("delete", "\"provider\": \"p\"" + key)).doesNotContain("Removed");
                assertThat(
                        call("importToken", "\"provider\": \"p\", \"response\": \"{\\\"access_token\\\": \\\"x\\\"}\"" + key))
                        .doesNotContain("Stored");
            }
            assertThat(page.ask("reveal", "provider", "p", "member", "access_token").get("token").asText())
                    .isEqualTo("at-planted");

            for (String key : new String[] { null, "", "0".repeat(64) }) {
                assertThat(page.askWithKey(key, "reveal", "provider", "p", "member", "access_token"))
                        .hasToString("{\"problem\":\"" + REFUSAL + "\"}");
                assertThat(page.askWithKey(key, "details", "provider", "p").get("problem").asText()).isEqualTo(REFUSAL);
                assertThat(page.askWithKey(key, "delete", "provider", "p").get("message").asText()).isEqualTo(REFUSAL);
                assertThat(page.askWithKey(key, "importToken", "provider", "p", "response", "{\"access_token\": \"x\"}")
                        .get("message").asText()).isEqualTo(REFUSAL);
            }
            assertThat(page.ask("count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void theKeyIsShownToPagesOfThisOriginOnly() throws Exception {
        String key = JSON.readTree(get(DevUiClient.pageKey(PORT), null).body()).asText();
        assertThat(key).matches("[0-9a-f]{64}");
        String origin = "http://localhost:" + PORT;
        assertThat(get(DevUiClient.pageKey(PORT), origin).body()).contains(key);
        // A script of another page cannot be one, whatever it is taken for
        assertThat(get(DevUiClient.pageKey(PORT), null).headers().firstValue("Content-Type")).hasValue("application/json");

        for (String other : List.of("https://evil.example", "http://localhost:1", "http://localhost.evil.example", "null")) {
            HttpResponse<String> answer = get(DevUiClient.pageKey(PORT), other);
            assertThat(answer.statusCode()).as(other).isEqualTo(403);
            assertThat(answer.body()).as(other).doesNotContain(key);
        }
        for (String host : List.of("evil.example:" + PORT, "localhost.evil.example", "192.0.2.1")) {
            assertThat(getFromHost(host)).as(host).startsWith("HTTP/1.1 403").doesNotContain(key);
        }
        assertThat(mcp("resources/list", "{}")).contains("\"resources\"").doesNotContain(key).doesNotContain("page-key");
        for (String resource : List.of("build-time/token-storage-page-key.json_key", "build-time/token-storage-page-key_key",
                "build-time/quarkus-token-storage_key", "build-time/quarkus-token-storage_pageKey",
                "recorded/token-storage-page-key.json")) {
            assertThat(mcp("resources/read", "{\"uri\": \"quarkus://resource/" + resource + "\"}")).doesNotContain(key);
        }
    }

    @Test
    void theKeyStaysOverALiveReload() throws Exception {
        String key = JSON.readTree(get(DevUiClient.pageKey(PORT), null).body()).asText();

        TEST.modifySourceFile(LockingResource.class, text -> text.replace("\"first: \"", "\"second: \""));
        assertThat(get(URI.create("http://localhost:" + PORT + "/load"), null).body()).isEqualTo("second: none");

        try (DevUiClient page = DevUiClient.connect(PORT)) {
            assertThat(page.askWithKey(key, "details", "provider", "p").get("problem").asText())
                    .isEqualTo("No token is stored");
        }
    }

    private String call(String method, String arguments) throws Exception {
        return mcp("tools/call", "{\"name\": \"quarkus-token-storage_" + method + "\", \"arguments\": {" + arguments + "}}");
    }

    /** As a page of another site can, without asking anybody before: the media type is that of a form. */
    private String mcp(String method, String parameters) throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/q/dev-mcp"))
                .timeout(Duration.ofSeconds(60)).header("Content-Type", "text/plain").header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + method + "\", \"params\": "
                        + parameters + "}"))
                .build(), BodyHandlers.ofString());
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.has("result") || json.has("error")).as(answer.body()).isTrue();
        return answer.body();
    }

    private HttpResponse<String> get(URI address, String origin) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** As a page does whose name was made to lead to this machine. */
    private static String getFromHost(String host) throws IOException {
        try (Socket socket = new Socket("localhost", PORT)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(("GET " + DevUiClient.pageKey(PORT).getPath() + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
