package io.quarkiverse.tokenstorage.runtime;

import java.util.Set;
import java.util.function.Consumer;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Recorded only for applications that have metrics: others do not reach what is behind it. */
@Recorder
public class MetricsRecorder {

    public RuntimeValue<StorageObservers> observers(Set<String> backends) {
        return new RuntimeValue<>(new StorageMetrics(backends));
    }

    public Consumer<MetricsFactory> register(RuntimeValue<StorageObservers> observers) {
        return factory -> ((StorageMetrics) observers.getValue()).register(factory);
    }
}
