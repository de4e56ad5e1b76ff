package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.ObservedTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Metrics that are refused, as by a {@code MeterFilter} of the application that throws. */
class BackendMetricsTest {

    private static final AuthToken TOKEN = AuthToken.builder("planted-access").build();

    private static final class Refusing implements MetricsFactory {

        @Override
        public boolean metricsSystemSupported(String name) {
            return true;
        }

        @Override
        public MetricBuilder builder(String name, Type type) {
            throw new IllegalArgumentException("refused: " + name);
        }
    }

    @Test
    void tokensAreStoredAllTheSame() {
        StorageMetrics metrics = new StorageMetrics(List.of("memory", "sops"));
        TokenStorage storage = new ObservedTokenStorage<>(
                TokenStorages.memory(Duration.ofSeconds(1), metrics.of("memory")), metrics.of("memory"));
        try (LogCapture log = new LogCapture("io.quarkiverse.tokenstorage")) {
            metrics.register(new Refusing());
            storage.save("github", TOKEN);

            assertThat(storage.update("github", token -> token)).contains(TOKEN);
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).containsExactly(
                    "WARN BackendMetrics The failures of the token storage 'memory' are not counted: the metrics of the"
                            + " application refused it (java.lang.IllegalArgumentException)",
                    "WARN BackendMetrics The failures of the token storage 'sops' are not counted: the metrics of the"
                            + " application refused it (java.lang.IllegalArgumentException)");
        }
    }
}
