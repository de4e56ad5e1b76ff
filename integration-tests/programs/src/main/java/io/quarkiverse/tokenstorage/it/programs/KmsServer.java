package io.quarkiverse.tokenstorage.it.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of its own process that does what AWS KMS and STS do. It keeps keys of all regions, and takes any credentials. */
public final class KmsServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration CALL = Duration.ofSeconds(20);

    private final Process process;
    private final String endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private KmsServer(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** @param log gets what the server says */
    public static KmsServer start(Path log) {
        String program = RealProgram.MOTO_SERVER.required().toString();
        try {
            int port = freePort();
            Process process = new ProcessBuilder(program, "-H", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            KmsServer server = new KmsServer(process, "http://127.0.0.1:" + port);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                call("eu-west-1", "ListKeys", "{}");
                return;
            } catch (UncheckedIOException e) {
                assertThat(process.isAlive() && System.nanoTime() < deadline).as("the KMS server starts").isTrue();
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    public String endpoint() {
        return endpoint;
    }

    /** @return the ARN of a new key */
    public String createKey(String region) {
        Matcher arn = Pattern.compile("\"Arn\": ?\"([^\"]+)\"").matcher(call(region, "CreateKey", "{}"));
        assertThat(arn.find()).isTrue();
        return arn.group(1);
    }

    /** @return the ARN of the alias */
    public String createAlias(String arn, String name) {
        String region = arn.split(":")[3];
        call(region, "CreateAlias", "{\"AliasName\":\"alias/" + name + "\",\"TargetKeyId\":\"" + arn + "\"}");
        return arn.substring(0, arn.lastIndexOf(':')) + ":alias/" + name;
    }

    private String call(String region, String operation, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/")).timeout(CALL)
                .header("X-Amz-Target", "TrentService." + operation).header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/" + region
                        + "/kms/aws4_request, SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as("%s: %s", operation, response.body()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
