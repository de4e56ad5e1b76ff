package io.quarkiverse.tokenstorage.storage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a process has been warned of: each thing once. Thread-safe. */
final class OneTimeWarnings {

    /** Enough for all rules files and token responses of one application; then silence, so that memory stays bounded. */
    private static final int MOST = 200;

    private final Set<String> given = ConcurrentHashMap.newKeySet();

    /** Whether to warn of this now. */
    boolean isDue(String what) {
        return given.size() < MOST && given.add(what);
    }
}
