package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Where spans are collected, the storage adds none: only who calls it knows whether one is worth having. */
class OpenTelemetryTest {

    /** Takes what the application exports. */
    private static final BlockingQueue<String> SPANS = new LinkedBlockingQueue<>();
    private static final HttpServer COLLECTOR = collector();

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addClass(Using.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-opentelemetry", Version.getVersion())))
            .overrideConfigKey("quarkus.otel.simple", "true")
            .overrideRuntimeConfigKey("quarkus.otel.exporter.otlp.protocol", "http/protobuf")
            .overrideRuntimeConfigKey("quarkus.otel.exporter.otlp.endpoint",
                    "http://localhost:" + COLLECTOR.getAddress().getPort());

    @TestHTTPResource("/using")
    URI using;

    /** That of the class loader which has configured the application; tests run in another one. */
    @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint")
    URI collector;

    @AfterAll
    static void stop() {
        COLLECTOR.stop(0);
    }

    @Test
    void theOnlySpanIsThatOfTheRequest() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(get(using)).isEqualTo("used");
            // They end in order, so those of the storage would come first
            assertThat(get(collector.resolve("/next"))).isEqualTo("GET /using");
        }
        assertThat(get(collector.resolve("/left"))).isEqualTo("0");
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                ByteBuffer request = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
                // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans, Span.name
                each(request, 1, resource -> each(resource, 2, scope -> each(scope, 2,
                        span -> each(span, 5, name -> SPANS.add(StandardCharsets.UTF_8.decode(name).toString())))));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.createContext("/next", exchange -> answer(exchange, next()));
            server.createContext("/left", exchange -> answer(exchange, String.valueOf(SPANS.size())));
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String next() {
        try {
            return String.valueOf(SPANS.poll(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Gives out the fields of this number, of a message in the encoding of Protocol Buffers. */
    private static void each(ByteBuffer message, int number, Consumer<ByteBuffer> receiver) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            switch ((int) (tag & 7)) {
                case 0 -> varint(message);
                case 1 -> message.position(message.position() + Long.BYTES);
                case 5 -> message.position(message.position() + Integer.BYTES);
                default -> {
                    int length = (int) varint(message);
                    ByteBuffer field = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (tag >> 3 == number) {
                        receiver.accept(field);
                    }
                }
            }
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte part = message.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    /** Does all that can be done. */
    @Path("/using")
    public static class Using {

        @Inject
        TokenStorage storage;

        @Inject
        KeyRotation rotation;

        @GET
        public String use() {
            storage.save("github", AuthToken.builder("access").refreshToken("refresh").build());
            storage.load("github");
            storage.update("github", token -> Optional.of(AuthToken.builder("other").build()));
            rotation.rotate("github");
            rotation.updateKeys("github");
            storage.providers();
            storage.delete("github");
            return "used";
        }
    }
}
