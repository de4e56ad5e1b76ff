package io.quarkiverse.tokenstorage.storage;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose tokens a storage keeps, as far as the configuration tells.
 *
 * @param named providers that the configuration names for this storage, sorted; they need not have a token
 * @param elsewhere providers that are kept in other storages: what this one still holds of them counts for nothing
 * @param others whether all further providers are kept here, too
 */
public record ProviderScope(Set<String> named, Set<String> elsewhere, boolean others) {

    /** Any provider, and none of them known. */
    public static final ProviderScope ANY = new ProviderScope(Set.of(), Set.of(), true);

    public ProviderScope {
        named = Collections.unmodifiableSet(new TreeSet<>(named));
        elsewhere = Set.copyOf(elsewhere);
    }

    /** Whether the token of this provider is kept in the storage. */
    public boolean includes(String provider) {
        return named.contains(provider) || others && !elsewhere.contains(provider);
    }
}
