package io.quarkiverse.tokenstorage.deployment;

import io.quarkiverse.tokenstorage.runtime.StorageObservers;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The application keeps figures of its backends. */
final class ObserversBuildItem extends SimpleBuildItem {

    private final RuntimeValue<StorageObservers> observers;

    ObserversBuildItem(RuntimeValue<StorageObservers> observers) {
        this.observers = observers;
    }

    RuntimeValue<StorageObservers> observers() {
        return observers;
    }
}
