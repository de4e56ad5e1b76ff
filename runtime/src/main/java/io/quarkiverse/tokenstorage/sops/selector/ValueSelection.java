package io.quarkiverse.tokenstorage.sops.selector;

import java.util.List;

/** A {@link Selector} ready to use: decides for each leaf of a document whether it is encrypted. Thread-safe. */
public interface ValueSelection {

    /** @param path the member names from the root to the leaf; array positions do not count */
    boolean selects(List<String> path);
}
