package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.StorageAccessException;

class UndisturbedWorkTest {

    private int runs;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void keepsAnInterruptUntilTheEnd() {
        Thread.currentThread().interrupt();
        assertThat(UndisturbedWork.<Boolean> finish(() -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(UndisturbedWork.<Boolean> begin(() -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(UndisturbedWork.<Boolean> finish(() -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void beginsAgainWhenAnInterruptEndedIt() {
        assertThat(UndisturbedWork.finish(failingUntil(3))).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).isEqualTo(4);
    }

    @Test
    void givesUpAfterSomeInterrupts() {
        assertThatThrownBy(() -> UndisturbedWork.finish(failingUntil(100))).isInstanceOf(StorageAccessException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).isEqualTo(4);
    }

    @Test
    void isEndedByANewInterruptIfItNeedNotFinish() {
        assertThatThrownBy(() -> UndisturbedWork.begin(failingUntil(1))).isInstanceOf(StorageAccessException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).isOne();
    }

    @Test
    void otherFailuresAreFinal() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> UndisturbedWork.finish(() -> {
            runs++;
            throw new StorageAccessException("no");
        })).hasMessage("no");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).isOne();
    }

    private Supplier<String> failingUntil(int interrupts) {
        return () -> {
            if (runs++ == interrupts) {
                return "done";
            }
            Thread.currentThread().interrupt();
            throw new StorageAccessException("interrupted");
        };
    }
}
