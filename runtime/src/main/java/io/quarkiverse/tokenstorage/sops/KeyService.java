package io.quarkiverse.tokenstorage.sops;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * Makes and opens the key entries of one {@link KeyKind}. This is the seam at which kinds of keys are added; everything
 * else of SOPS is the same for all of them. Implementations are thread-safe.
 */
public interface KeyService extends AutoCloseable {

    KeyKind kind();

    /**
     * The master key that a creation rule names.
     *
     * @param description the fields of the entry as the file would show them, without {@code enc} and {@code created_at}:
     *        {@code {"recipient": …}}, {@code {"fp": …}}, {@code {"arn": …, "role": …}}
     * @param where file and place of the rule, for messages
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if it is malformed
     */
    MasterKey masterKey(JsonObject description, String where);

    /**
     * Opens an entry with the private keys at hand.
     *
     * @throws io.quarkiverse.tokenstorage.DataKeyUnavailableException if none fits, or none is there; says what was tried
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if the entry is not intact; others of the document may be
     */
    DataKey unwrap(KeyEntry entry);

    /**
     * Opens an entry as far as neither a person nor a program nor a service is needed for it. Tried on all entries of a group
     * before {@link #unwrap}, so that nobody is asked for the key of one entry while another is open to everybody here.
     *
     * @return empty if it does not open so, for whatever reason: {@link #unwrap} tells that
     */
    default Optional<DataKey> unwrapAtHand(KeyEntry entry) {
        return Optional.empty();
    }

    /**
     * Whether {@link #unwrap} asks neither a person nor a program nor a service at the moment, so that what it says is known
     * at little cost.
     */
    default boolean unwrapsAtHand() {
        return false;
    }

    /**
     * The identity texts of the master keys that this process can unwrap with, as far as that is known without asking a
     * service or a program that asks a person; empty if it is not known.
     *
     * @throws io.quarkiverse.tokenstorage.StorageAccessException if it can be known, but not at the moment
     */
    Optional<Set<String>> ownMasterKeys();

    /**
     * Stands for the private keys at hand: equal to what was answered before as long as these are the same, as far as that
     * shows in variables and in the state of files. Costs little, for it is asked at every reading: it asks no service, no
     * program and no person, and reads no key. Data keys that were remembered while it had another value are forgotten.
     * <p>
     * Where private keys are out of sight, with an agent, on a card or in a service, the value does not change; what is
     * remembered of these is forgotten in time only.
     */
    default Object identityState() {
        return "";
    }

    /** Zeroes and releases what is held. */
    @Override
    void close();
}
