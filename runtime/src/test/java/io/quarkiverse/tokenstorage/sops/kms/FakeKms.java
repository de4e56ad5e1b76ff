package io.quarkiverse.tokenstorage.sops.kms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

/**
 * Speaks as much of the protocol of AWS KMS and STS as is needed to fail on demand; a real server judges the rest elsewhere.
 * What it calls encrypted is the plain text behind the name of the key.
 */
public final class FakeKms implements AutoCloseable {

    public static final String ARN = "arn:aws:kms:eu-west-1:123456789012:key/7aa61044-b2b9-4dc9-a1ce-e03906de3619";
    public static final String ROLE = "arn:aws:iam::123456789012:role/tokens";

    /** An answer in place of the usual one. */
    private record Failure(String call, int status, String code, String message) {
    }

    private static final String SECRET_OF_THE_SERVICE = "planted-in-the-answer";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Failure failure;
    private volatile boolean silent;
    private volatile String answer;

    public FakeKms() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The operations that were called, in order: {@code Encrypt}, {@code Decrypt}, {@code AssumeRole}. */
    public List<String> calls() {
        return calls;
    }

    public List<String> bodies() {
        return bodies;
    }

    /** From now on all calls fail with this error. Its message quotes what no message of ours may hold. */
    public FakeKms failing(int status, String code) {
        return failing("", status, code);
    }

    /** The same for one operation. */
    public FakeKms failing(String call, int status, String code) {
        failure = new Failure(call, status, code, SECRET_OF_THE_SERVICE);
        return this;
    }

    /** From now on all calls succeed with this, whatever it is. */
    public FakeKms answering(String body) {
        answer = body;
        return this;
    }

    public FakeKms working() {
        failure = null;
        answer = null;
        silent = false;
        return this;
    }

    /** From now on calls are never answered. */
    public FakeKms silent() {
        silent = true;
        return this;
    }

    /** An environment whose credentials and endpoint lead here. */
    public Map<String, String> variables(Path home) {
        Map<String, String> variables = new HashMap<>();
        variables.put("HOME", home.toString());
        variables.put("AWS_ENDPOINT_URL", endpoint());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_ACCESS_KEY_ID", "AKIAPLANTED");
        variables.put("AWS_SECRET_ACCESS_KEY", "planted-secret-key");
        return variables;
    }

    public HostEnvironment environment(Path home) {
        return environment(home, variables(home));
    }

    public static HostEnvironment environment(Path home, Map<String, String> variables) {
        return new HostEnvironment(variables, home, home.toString(), OperatingSystem.LINUX);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String call = target == null ? field(body, "Action=([A-Za-z]+)") : target.substring(target.indexOf('.') + 1);
        calls.add(call);
        bodies.add(body);
        if (silent) {
            awaitClosing();
            return;
        }
        if (answer != null) {
            send(exchange, 200, answer);
            return;
        }
        Failure wanted = failure;
        Failure fault = wanted != null && call.endsWith(wanted.call()) ? wanted : null;
        if (fault != null && target == null) {
            send(exchange, fault.status(), "<ErrorResponse><Error><Code>" + fault.code() + "</Code><Message>" + fault.message()
                    + " " + body.replace('&', ' ') + "</Message></Error></ErrorResponse>");
        } else if (fault != null) {
            send(exchange, fault.status(), "{\"__type\":\"" + fault.code() + "\",\"message\":\"" + fault.message() + " "
                    + body.replace('"', '\'') + "\"}");
        } else if (target == null) {
            send(exchange, 200, "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
                    + "<Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t"
                    + "</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>"
                    + "</AssumeRoleResponse>");
        } else if (target.endsWith("Encrypt")) {
            String wrapped = field(body, "\"KeyId\":\"([^\"]+)\"") + "|" + field(body, "\"Plaintext\":\"([^\"]+)\"");
            send(exchange, 200, "{\"CiphertextBlob\":\"" + Base64.getEncoder()
                    .encodeToString(wrapped.getBytes(StandardCharsets.UTF_8)) + "\"}");
        } else {
            String wrapped = new String(Base64.getDecoder().decode(field(body, "\"CiphertextBlob\":\"([^\"]+)\"")),
                    StandardCharsets.UTF_8);
            send(exchange, 200, "{\"Plaintext\":\"" + wrapped.substring(wrapped.indexOf('|') + 1) + "\"}");
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("x-amzn-RequestId", "11111111-2222-3333-4444-555555555555");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String field(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
