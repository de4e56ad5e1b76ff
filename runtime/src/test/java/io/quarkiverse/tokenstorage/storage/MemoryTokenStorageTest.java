package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.TokenStorage;

class MemoryTokenStorageTest extends TokenStorageContract {

    private final TokenStorage storage = TokenStorages.memory();

    @Override
    TokenStorage storage() {
        return storage;
    }

    @Test
    void givesBackTheTokenThatItCouldNotKeep() throws Exception {
        TokenStorage impatient = TokenStorages.memory(Duration.ZERO);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> impatient.update("github", current -> {
            held.countDown();
            try {
                done.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        }));
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> impatient.save("github", TOKEN)).isInstanceOfSatisfying(LockTimeoutException.class,
                e -> assertThat(e.unsavedToken()).contains(TOKEN));
        done.countDown();
        holder.get(30, TimeUnit.SECONDS);
    }

    @Test
    void waitsAsLongAsOneCanSay() {
        TokenStorage patient = TokenStorages.memory(Duration.ofSeconds(Long.MAX_VALUE));
        patient.save("github", TOKEN);

        assertThat(patient.load("github")).contains(TOKEN);
        assertThatThrownBy(() -> TokenStorages.memory(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
