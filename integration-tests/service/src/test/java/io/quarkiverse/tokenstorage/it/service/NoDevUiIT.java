package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the packaged service for the Dev UI, which only development may have. */
class NoDevUiIT {

    /** Parts of the names of everything that belongs to it. */
    private static final List<String> TRACES = List.of("quarkus-token-storage-dev", "tokenstorage/devui",
            "tokenstorage/runtime/devui", "dev-ui/", "qwc-token-storage");
    private static final String SERVICE = "TokensJsonRpcService";

    @TempDir
    Path home;

    @Test
    void neitherClassesNorPagesAreInTheApplication() throws IOException {
        Path executable = Path.of(System.getProperty("service.executable"));
        if (!executable.toString().endsWith(".jar")) {
            assertThat(new String(Files.readAllBytes(executable), StandardCharsets.ISO_8859_1)).doesNotContain(SERVICE);
            return;
        }
        try (Stream<Path> files = Files.walk(executable.getParent())) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).anyMatch(jar -> jar.getFileName().toString().contains("quarkus-token-storage-"))
                    .anyMatch(jar -> jar.endsWith("quarkus/generated-bytecode.jar"));
            assertThat(jars.stream().map(Path::toString)).noneMatch(NoDevUiIT::isTrace);
            jars.forEach(NoDevUiIT::assertThatNothingIsIn);
        }
    }

    private static void assertThatNothingIsIn(Path jar) {
        try (JarFile content = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(content.entries())) {
                assertThat(isTrace(entry.getName())).as("%s in %s", entry.getName(), jar).isFalse();
                // Only what Quarkus generates could refer to it
                if (jar.endsWith("quarkus/generated-bytecode.jar") && !entry.isDirectory()) {
                    byte[] bytes = content.getInputStream(entry).readAllBytes();
                    assertThat(new String(bytes, StandardCharsets.ISO_8859_1).contains(SERVICE)).as(entry.getName()).isFalse();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTrace(String name) {
        return TRACES.stream().anyMatch(name::contains);
    }

    @Test
    void nobodyAnswersThere() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (ServiceProcess process = ServiceProcess.start(home, Map.of())) {
            for (String path : List.of("/q/dev-ui", "/q/dev-ui/", "/q/dev-ui/json-rpc-ws",
                    "/q/dev-ui/quarkus-token-storage/tokens",
                    "/q/dev-ui/io.quarkiverse.tokenstorage.quarkus-token-storage/qwc-token-storage-tokens.js")) {
                URI address = process.address().resolve(path);
                assertThat(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).statusCode()).as(path)
                        .isEqualTo(404);
            }
        }
    }
}
