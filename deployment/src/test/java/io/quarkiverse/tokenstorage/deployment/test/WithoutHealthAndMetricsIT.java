package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.test.QuarkusProdModeTest;

/** A packaged application without the extensions for health and metrics loads not a class for them. */
class WithoutHealthAndMetricsIT {

    private static final List<String> OF_EITHER = List.of("io.quarkiverse.tokenstorage.runtime.health.",
            "io.quarkiverse.tokenstorage.runtime.MetricsRecorder", "io.quarkiverse.tokenstorage.runtime.StorageMetrics",
            "io.quarkiverse.tokenstorage.runtime.BackendMetrics", "io.quarkiverse.tokenstorage.storage.Observed",
            "org.eclipse.microprofile.health.", "io.micrometer.");

    private static final Path HOME = home();

    @RegisterExtension
    static final QuarkusProdModeTest TEST = new QuarkusProdModeTest()
            .withApplicationRoot(archive -> archive.addClass(Saving.class))
            // As in a service: those who could show health and metrics are there
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest", Version.getVersion())))
            .overrideConfigKey("auth.token-storage", "file")
            .overrideConfigKey("quarkus.http.host-enabled", "false")
            .setRuntimeProperties(Map.of("auth.storage.file.directory", HOME.resolve("tokens").toString()))
            .setJVMArgs(List.of("-Xlog:class+load:file=" + HOME.resolve("classes.log")))
            .setRun(true).setExpectExit(true);

    @Test
    void noClassOfEitherIsLoaded() throws IOException {
        assertThat(TEST.getExitCode()).as(TEST.getStartupConsoleOutput()).isZero();

        List<String> loaded = Files.readAllLines(HOME.resolve("classes.log"));
        assertThat(loaded).anyMatch(line -> line.contains("io.quarkiverse.tokenstorage.runtime.DeferredTokenStorage"));
        assertThat(loaded.stream().filter(line -> OF_EITHER.stream().anyMatch(line::contains))).isEmpty();
    }

    private static Path home() {
        try {
            return Files.createTempDirectory("without-health").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a token and reads it. */
    @QuarkusMain
    public static class Saving implements QuarkusApplication {

        @Inject
        TokenStorage storage;

        @Override
        public int run(String... arguments) {
            storage.save("github", AuthToken.builder("access").build());
            return storage.load("github").isPresent() ? 0 : 1;
        }
    }
}
