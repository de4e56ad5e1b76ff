package io.quarkiverse.tokenstorage.runtime;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.storage.StorageObserver;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.runtime.metrics.MetricsFactory.TimeRecorder;

/**
 * The figures of one backend. Failures are counted from zero on for every cause, so that an alarm sees the first one; times
 * appear with the first operation of their kind. Thread-safe.
 */
final class BackendMetrics implements StorageObserver {

    private static final Logger LOG = Logger.getLogger(BackendMetrics.class);

    static final String OPERATIONS = "token.storage.operations";
    static final String LOCK_WAITS = "token.storage.lock.waits";
    static final String FAILURES = "token.storage.failures";

    private static final int OUTCOMES = Outcome.values().length;

    private final String backend;
    private final Map<Cause, LongAdder> failures = new EnumMap<>(Cause.class);
    private final AtomicReferenceArray<TimeRecorder> operations = new AtomicReferenceArray<>(
            Operation.values().length * OUTCOMES);
    private final AtomicReferenceArray<TimeRecorder> lockWaits = new AtomicReferenceArray<>(2);
    /** Null until the metrics of the application have been set up. */
    private volatile MetricsFactory factory;

    BackendMetrics(String backend) {
        this.backend = backend;
        for (Cause cause : Cause.values()) {
            failures.put(cause, new LongAdder());
        }
    }

    void register(MetricsFactory metrics) {
        factory = metrics;
        try {
            failures.forEach((cause, count) -> metrics.builder(FAILURES)
                    .description("Operations of the token storage that failed").tag("backend", backend)
                    .tag("cause", tag(cause)).buildCounter(count, LongAdder::sum));
        } catch (RuntimeException e) {
            // Tokens are worth more than figures. What is not ours may quote anything
            LOG.warnf("The failures of the token storage '%s' are not counted: the metrics of the application refused it (%s)",
                    backend, e.getClass().getName());
        }
    }

    @Override
    public void ended(Operation operation, Outcome outcome, long nanos) {
        record(operation, outcome, nanos);
    }

    @Override
    public void failed(Operation operation, Cause cause, long nanos) {
        failures.get(cause).increment();
        record(operation, Outcome.FAILURE, nanos);
    }

    private void record(Operation operation, Outcome outcome, long nanos) {
        int index = operation.ordinal() * OUTCOMES + outcome.ordinal();
        TimeRecorder timer = operations.get(index);
        if (timer == null && factory != null) {
            // The same again if two threads meet here
            timer = factory.builder(OPERATIONS).description("Operations of the token storage").tag("backend", backend)
                    .tag("operation", tag(operation)).tag("outcome", tag(outcome)).buildTimer();
            operations.set(index, timer);
        }
        update(timer, nanos);
    }

    @Override
    public void awaited(boolean taken, long nanos) {
        int index = taken ? 1 : 0;
        TimeRecorder timer = lockWaits.get(index);
        if (timer == null && factory != null) {
            timer = factory.builder(LOCK_WAITS).description("Waits for the lock of a provider").tag("backend", backend)
                    .tag("outcome", taken ? "taken" : "failure").buildTimer();
            lockWaits.set(index, timer);
        }
        update(timer, nanos);
    }

    private static void update(TimeRecorder timer, long nanos) {
        if (timer != null) {
            timer.update(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
