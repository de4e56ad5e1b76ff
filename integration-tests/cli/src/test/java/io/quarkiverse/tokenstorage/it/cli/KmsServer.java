package io.quarkiverse.tokenstorage.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of its own process that does what AWS KMS and STS do, and takes any credentials. */
final class KmsServer implements AutoCloseable {

    private static final String PROGRAM = "moto_server";
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final String endpoint;

    private KmsServer(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** The calling test is skipped without the program, and says so; it fails where {@code CI=true}. */
    static KmsServer start(Path log) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(program(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        KmsServer server = new KmsServer(process, "http://127.0.0.1:" + port);
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                server.call("ListKeys");
                return server;
            } catch (IOException e) {
                assertThat(process.isAlive() && System.nanoTime() < deadline).as("the KMS server starts").isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private static String program() {
        return RequiredProgram.find(PROGRAM, "keys in AWS KMS are not tested",
                "pip install -r .ci/moto-requirements.txt in a virtual environment, with its bin in PATH").toString();
    }

    String endpoint() {
        return endpoint;
    }

    /** @return the ARN of a new key in eu-west-1 */
    String createKey() throws IOException, InterruptedException {
        Matcher arn = Pattern.compile("\"Arn\": ?\"([^\"]+)\"").matcher(call("CreateKey"));
        assertThat(arn.find()).isTrue();
        return arn.group(1);
    }

    private String call(String operation) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/")).timeout(START)
                .header("X-Amz-Target", "TrentService." + operation).header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/eu-west-1/kms/aws4_request,"
                        + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString("{}")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
