package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.IOThreadDetector;

class DeferredTokenStorageTest {

    private final List<String> calls = new ArrayList<>();

    @BeforeAll
    static void everyThreadMayBlock() {
        BlockingOperationControl.setIoThreadDetector(new IOThreadDetector[0]);
    }

    @Test
    void theStorageIsOpenedOnceAndByTheFirstCall() {
        AtomicInteger openings = new AtomicInteger();
        DeferredTokenStorage<?> storage = new DeferredTokenStorage<>(() -> {
            openings.incrementAndGet();
            return recording();
        });
        assertThat(openings).hasValue(0);

        storage.exists("github");
        storage.exists("github");

        assertThat(openings).hasValue(1);
        storage.close();
        assertThat(calls).containsExactly("exists", "exists", "close");
    }

    @Test
    void aFailureReachesTheCallerAndTheNextCallTriesAgain() {
        AtomicInteger openings = new AtomicInteger();
        DeferredTokenStorage<?> storage = new DeferredTokenStorage<>(() -> {
            if (openings.incrementAndGet() == 1) {
                throw new StorageNotConfiguredException("auth.storage.lock-timeout: 'soon' is not a duration");
            }
            return recording();
        });

        assertThatThrownBy(() -> storage.exists("github")).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessage("auth.storage.lock-timeout: 'soon' is not a duration");
        assertThat(storage.exists("github")).isTrue();
    }

    @Test
    void closingOpensNothingAndIsFinal() {
        DeferredTokenStorage<?> storage = new DeferredTokenStorage<>(() -> {
            throw new AssertionError("opened");
        });
        storage.close();

        assertThatThrownBy(() -> storage.exists("github")).isInstanceOf(IllegalStateException.class)
                .hasMessage("The token storage is closed");
    }

    private CloseableTokenStorage recording() {
        return (CloseableTokenStorage) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { CloseableTokenStorage.class }, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }
}
