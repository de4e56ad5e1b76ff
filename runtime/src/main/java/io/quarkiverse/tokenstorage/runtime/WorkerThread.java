package io.quarkiverse.tokenstorage.runtime;

import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.BlockingOperationNotAllowedException;

/**
 * The demand that storages are called on threads that may wait. It is made for the memory backend too: an application that
 * works with it must not break when it gets another one.
 */
final class WorkerThread {

    private WorkerThread() {
    }

    /** @throws BlockingOperationNotAllowedException on an event loop */
    static void require() {
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new BlockingOperationNotAllowedException("TokenStorage waits for files and locks and cannot be called on the"
                    + " event loop (thread " + Thread.currentThread().getName()
                    + "): annotate the calling method with @Blocking or @RunOnVirtualThread");
        }
    }
}
