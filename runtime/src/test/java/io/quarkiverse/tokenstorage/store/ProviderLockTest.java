package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderLockTest {

    @TempDir
    Path directory;

    @Test
    void leavesNothingLockedIfItFailsUnexpectedly() throws IOException {
        TimeAndRandom system = TimeAndRandom.system();
        Clock beyondTheEndOfTime = Clock.offset(Clock.fixed(Instant.MAX, ZoneOffset.UTC), Duration.ofDays(1));
        TimeAndRandom broken = new TimeAndRandom(system.nanoTime(), beyondTheEndOfTime, system.random());

        assertThatThrownBy(() -> acquire(broken)).isInstanceOf(DateTimeException.class);

        try (ProviderLock lock = acquire(system)) {
            assertThat(lock.isHeldByCurrentThread()).isTrue();
        }
    }

    private ProviderLock acquire(TimeAndRandom sources) throws IOException {
        return ProviderLock.acquire(directory.toRealPath(), "github", FileProtection.of(directory), Duration.ZERO, sources);
    }
}
