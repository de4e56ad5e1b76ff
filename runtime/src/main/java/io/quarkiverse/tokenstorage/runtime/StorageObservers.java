package io.quarkiverse.tokenstorage.runtime;

import io.quarkiverse.tokenstorage.storage.StorageObserver;

/** Has an observer for each backend. There is one only in applications that keep figures. */
@FunctionalInterface
public interface StorageObservers {

    /** @param backend the name of the backend, which is one of few: figures are told apart by it */
    StorageObserver of(String backend);
}
