package io.quarkiverse.tokenstorage.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.tokenstorage.storage.StorageObserver;
import io.quarkus.runtime.metrics.MetricsFactory;

/**
 * The figures of all backends of an application. They are told apart by backend, operation, outcome and cause, each of few
 * values; not by provider, for there can be any number of these, and whoever reads figures need not know with whom people
 * have accounts.
 */
final class StorageMetrics implements StorageObservers {

    private final Map<String, BackendMetrics> backends = new TreeMap<>();

    /** @param backends the names of all backends of the application */
    StorageMetrics(Collection<String> backends) {
        backends.forEach(backend -> this.backends.put(backend, new BackendMetrics(backend)));
    }

    /** What happens before is not counted. */
    void register(MetricsFactory factory) {
        backends.values().forEach(metrics -> metrics.register(factory));
    }

    @Override
    public StorageObserver of(String backend) {
        return backends.get(backend);
    }
}
