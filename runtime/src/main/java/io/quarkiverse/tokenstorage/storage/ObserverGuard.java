package io.quarkiverse.tokenstorage.storage;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

/**
 * Keeps from an operation what its observer throws: what was stored is stored, a lock that was taken has to be released, and
 * a failure may carry the only copy of a token. Thread-safe.
 *
 * @param <O> the type of the observer
 */
final class ObserverGuard<O extends LockObserver> {

    private static final Logger LOG = Logger.getLogger(ObserverGuard.class);

    private final O observer;
    private final AtomicBoolean told = new AtomicBoolean();

    ObserverGuard(O observer) {
        this.observer = observer;
    }

    /** Logs the first failure of the observer only; it would come with each operation. */
    void tell(Consumer<O> event) {
        try {
            event.accept(observer);
        } catch (RuntimeException | Error e) {
            if (told.compareAndSet(false, true)) {
                // What is not ours may quote anything
                LOG.debugf("An observer failed with %s; figures are missing", e.getClass().getName());
            }
        }
    }
}
