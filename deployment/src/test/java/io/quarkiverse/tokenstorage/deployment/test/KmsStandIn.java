package io.quarkiverse.tokenstorage.deployment.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers for AWS KMS and STS without encrypting anything, and remembers which of its paths was called for what. */
final class KmsStandIn {

    static final String THEIRS = "/theirs/";
    static final String OURS = "/ours/";

    private final HttpServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    KmsStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The calls since the last time. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        // The SDK leaves the path out when it calls STS
        calls.add(target == null ? "AssumeRole"
                : exchange.getRequestURI().getPath() + " " + target.substring(target.indexOf('.') + 1));
        String answer;
        if (target == null) {
            answer = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>x"
                    + "</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>"
                    + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
        } else {
            answer = target.endsWith("Encrypt") ? "{\"CiphertextBlob\":\"" + field(body, "Plaintext") + "\"}"
                    : "{\"Plaintext\":\"" + field(body, "CiphertextBlob") + "\"}";
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String field(String body, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
