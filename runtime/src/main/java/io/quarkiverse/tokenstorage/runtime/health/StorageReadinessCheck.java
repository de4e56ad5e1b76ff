package io.quarkiverse.tokenstorage.runtime.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.runtime.ProviderRoutingTokenStorage;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRunTimeConfig;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRunTimeConfig.HealthConfig;
import io.quarkiverse.tokenstorage.storage.DurationText;
import io.quarkiverse.tokenstorage.storage.ProviderScope;
import io.smallrye.config.SmallRyeConfig;

/**
 * Whether the backends that the application uses can save and read tokens. However often and by however many it is asked, the
 * disk is looked at by one thread at a time, and not more often than configured.
 * <p>
 * It has no scope, which would make a bean of it in applications without SmallRye Health, too.
 */
@Readiness
public class StorageReadinessCheck implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(StorageReadinessCheck.class);
    private static final String NAME = "Token storage";

    /** As the configuration documents them. */
    static final String DEFAULT_MAX_AGE = "10s";
    static final String DEFAULT_TIMEOUT = "3s";

    private final TokenStorage storage;
    private final ExaminedBackends examined;
    private final SharedAnswer<ReadinessReport> answer = new SharedAnswer<>(this::examine, "token-storage-readiness",
            System::nanoTime);
    private final AtomicBoolean toldNotReady = new AtomicBoolean();

    @Inject
    public StorageReadinessCheck(TokenStorage storage, ExaminedBackends examined) {
        this.storage = storage;
        this.examined = examined;
    }

    @Override
    public HealthCheckResponse call() {
        ReadinessReport report = report();
        tell(report);
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        report.data().forEach(response::withData);
        return response.status(report.ready()).build();
    }

    private ReadinessReport report() {
        HealthConfig config = config().health();
        try {
            Duration maxAge = DurationText.parse("auth.health.max-age", config.maxAge().orElse(DEFAULT_MAX_AGE));
            Duration timeout = DurationText.parse("auth.health.timeout", config.timeout().orElse(DEFAULT_TIMEOUT));
            return answer.get(maxAge, timeout).orElseGet(() -> ReadinessReport.down("No answer within " + timeout.toMillis()
                    + " ms: the disk of the tokens, the keys or the rules may hang"));
        } catch (StorageNotConfiguredException e) {
            return ReadinessReport.down(e.getMessage());
        } catch (ExecutionException e) {
            // What is not ours may quote anything
            LOG.debugf("The examination ended with %s", e.getCause().getClass());
            return ReadinessReport.down("The examination failed (" + e.getCause().getClass().getName() + ")");
        }
    }

    private ReadinessReport examine() {
        Map<String, Examined> backends = new TreeMap<>();
        examined.named().forEach((name, storage) -> backends.put(name, new Examined(storage, ProviderScope.ANY)));
        if (examined.configured() && Examined.unwrapped(storage).orElse(null) instanceof ProviderRoutingTokenStorage routing) {
            Optional<String> known = config().defaultProvider();
            routing.backends().forEach(
                    (name, storage) -> backends.putIfAbsent(name, new Examined(storage, routing.scope(name, known))));
        }
        return backends.isEmpty() ? ReadinessReport.ofAnotherStorage() : ReadinessReport.of(backends);
    }

    private static TokenStorageRunTimeConfig config() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(TokenStorageRunTimeConfig.class);
    }

    /** When it changes, not each time. */
    private void tell(ReadinessReport report) {
        if (toldNotReady.compareAndSet(report.ready(), !report.ready())) {
            if (report.ready()) {
                LOG.info("The token storage is ready again: tokens can be stored and read");
            } else {
                LOG.warnf("The token storage is not ready: %s", String.join(". ", report.causes()));
            }
        }
    }
}
