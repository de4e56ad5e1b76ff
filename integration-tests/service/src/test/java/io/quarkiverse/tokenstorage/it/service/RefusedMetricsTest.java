package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** A service whose own filter of metrics throws keeps its tokens, and its locks are released. */
@QuarkusTest
@TestProfile(RefusedMetricsTest.Refused.class)
class RefusedMetricsTest {

    private static final AuthToken TOKEN = AuthToken.builder("access").refreshToken("refresh").build();

    @Inject
    TokenStorage tokens;

    @Inject
    RefusingFilter filter;

    @Test
    void tokensAreStoredAndLocksReleased() throws Exception {
        for (String provider : new String[] { "acme", "scratch" }) {
            tokens.save(provider, TOKEN);
            CompletableFuture<Optional<AuthToken>> updated = new CompletableFuture<>();
            Thread another = new Thread(() -> {
                try {
                    updated.complete(tokens.update(provider, token -> token));
                } catch (RuntimeException e) {
                    updated.completeExceptionally(e);
                }
            });
            another.start();
            assertThat(updated.get(30, TimeUnit.SECONDS)).contains(TOKEN);
            assertThat(tokens.delete(provider)).isTrue();
        }
        assertThat(filter.refused).contains("token.storage.failures", "token.storage.operations", "token.storage.lock.waits");
    }

    /** Turns on the filter. */
    public static class Refused implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(RefusingFilter.class);
        }
    }

    /** A filter with a mistake. */
    @Alternative
    @Singleton
    public static class RefusingFilter implements MeterFilter {

        final Set<String> refused = ConcurrentHashMap.newKeySet();

        @Override
        public Meter.Id map(Meter.Id id) {
            if (id.getName().startsWith("token.storage.")) {
                refused.add(id.getName());
                throw new IllegalStateException("a mistake");
            }
            return id;
        }
    }
}
