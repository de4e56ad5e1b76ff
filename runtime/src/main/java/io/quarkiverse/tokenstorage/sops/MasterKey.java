package io.quarkiverse.tokenstorage.sops;

import java.util.Set;

import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A key that data keys are wrapped with, as a creation rule names it. Immutable and thread-safe; holds nothing secret. */
public interface MasterKey {

    KeyKind kind();

    /** The text that names this key; equal to {@link KeyEntry#identity()} of the entries it makes. */
    String identity();

    /** Whether an entry of a document was made for this key. */
    default boolean isKeyOf(KeyEntry entry) {
        return entry.kind() == kind() && entry.identity().equals(identity());
    }

    /** Whether one of these texts, as {@link KeyService#ownMasterKeys} tells them, names this key. */
    default boolean isOneOf(Set<String> identities) {
        return identities.contains(identity());
    }

    /**
     * Wraps a data key. May call a program or a service; does so within a bounded time.
     *
     * @throws io.quarkiverse.tokenstorage.TokenStorageException if that fails; the message names this key and the remedy
     */
    KeyEntry wrap(DataKey dataKey);
}
