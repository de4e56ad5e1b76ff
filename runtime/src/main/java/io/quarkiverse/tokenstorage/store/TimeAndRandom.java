package io.quarkiverse.tokenstorage.store;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance, which tests choose.
 *
 * @param nanoTime monotonic, for deadlines
 * @param clock for "since when" and ages
 * @param random for unique names and jitter; nothing secret comes from it
 */
record TimeAndRandom(LongSupplier nanoTime, Clock clock, RandomGenerator random) {

    static TimeAndRandom system() {
        return new TimeAndRandom(System::nanoTime, Clock.systemUTC(), () -> ThreadLocalRandom.current().nextLong());
    }
}
