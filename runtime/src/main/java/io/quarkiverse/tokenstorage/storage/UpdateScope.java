package io.quarkiverse.tokenstorage.storage;

import java.util.function.Supplier;

/**
 * Knows whether the current thread is inside the function of an {@code update}, of whatever storage. Two processes that
 * take a second provider's lock while they hold a first one can wait for each other, so writing is refused there.
 */
final class UpdateScope {

    private static final ThreadLocal<String> PROVIDER = new ThreadLocal<>();

    private UpdateScope() {
    }

    static void refuseInside(String operation, String provider) {
        String outer = PROVIDER.get();
        if (outer != null) {
            throw new IllegalStateException(operation + " of '" + provider + "' inside the update of '" + outer
                    + "' is refused: it could wait for another process forever. Return the new token from the function,"
                    + " and do the rest after update has returned");
        }
    }

    static <T> T run(String provider, Supplier<T> change) {
        PROVIDER.set(provider);
        try {
            return change.get();
        } finally {
            PROVIDER.remove();
        }
    }
}
