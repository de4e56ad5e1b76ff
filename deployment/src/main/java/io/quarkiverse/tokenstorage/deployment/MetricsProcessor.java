package io.quarkiverse.tokenstorage.deployment;

import java.util.Optional;

import io.quarkiverse.tokenstorage.runtime.MetricsRecorder;
import io.quarkiverse.tokenstorage.runtime.TokenStorageBuildTimeConfig;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.deployment.metrics.MetricsFactoryConsumerBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Has the backends observed in applications with Micrometer; in others nothing of it is recorded. */
class MetricsProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void observe(Optional<MetricsCapabilityBuildItem> metrics, TokenStorageBuildTimeConfig config,
            ReachableBackendsBuildItem backends, MetricsRecorder recorder, BuildProducer<ObserversBuildItem> observers,
            BuildProducer<MetricsFactoryConsumerBuildItem> consumers) {
        if (config.metrics().enabled()
                && metrics.filter(present -> present.metricsSupported(MetricsFactory.MICROMETER)).isPresent()) {
            ObserversBuildItem recorded = new ObserversBuildItem(recorder.observers(backends.names()));
            observers.produce(recorded);
            consumers.produce(new MetricsFactoryConsumerBuildItem(recorder.register(recorded.observers()),
                    ExecutionTime.RUNTIME_INIT));
        }
    }
}
