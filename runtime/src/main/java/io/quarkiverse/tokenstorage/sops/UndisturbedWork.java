package io.quarkiverse.tokenstorage.sops;

import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.TokenStorageException;

/**
 * Work that an interrupt of its thread does not disturb, though it may wait for programs and services: what is encrypted may be
 * the only copy of a token. The interrupt is kept until the end.
 */
final class UndisturbedWork {

    /** Interrupts that work is begun again after. */
    private static final int MOST_INTERRUPTS = 3;

    private UndisturbedWork() {
    }

    /** @param work can be done again from its beginning if an interrupt has ended it */
    static <T> T finish(Supplier<T> work) {
        return run(work, MOST_INTERRUPTS);
    }

    /** Not disturbed by an interrupt that came before; one that comes meanwhile may end it, as when a person is asked. */
    static <T> T begin(Supplier<T> work) {
        return run(work, 0);
    }

    private static <T> T run(Supplier<T> work, int repetitions) {
        boolean interrupted = Thread.interrupted();
        try {
            for (int left = repetitions;; left--) {
                try {
                    return work.get();
                } catch (TokenStorageException e) {
                    if (left == 0 || !Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
