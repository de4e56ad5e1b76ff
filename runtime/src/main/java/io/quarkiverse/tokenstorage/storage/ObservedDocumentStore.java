package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.LockedDocument;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** A store that tells how long its locks were waited for. */
record ObservedDocumentStore(DocumentStore store, ObserverGuard<LockObserver> observer) implements DocumentStore {

    @Override
    public LockedDocument lock(String provider) {
        long start = System.nanoTime();
        boolean taken = false;
        try {
            LockedDocument document = store.lock(provider);
            taken = true;
            return document;
        } finally {
            boolean outcome = taken;
            long nanos = System.nanoTime() - start;
            observer.tell(watching -> watching.awaited(outcome, nanos));
        }
    }

    @Override
    public Optional<StoredDocument> read(String provider) {
        return store.read(provider);
    }

    @Override
    public boolean exists(String provider) {
        return store.exists(provider);
    }

    @Override
    public Set<String> providers() {
        return store.providers();
    }

    @Override
    public Path target(String provider) {
        return store.target(provider);
    }

    @Override
    public boolean isWritable() {
        return store.isWritable();
    }

    @Override
    public void close() {
        store.close();
    }
}
