package io.quarkiverse.tokenstorage.sops;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.shamir.SecretSharing;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * A data key as a document carries it ({@code sops.go}, {@code UpdateMasterKeysWithKeyServices}): with one group every key of
 * it wraps the whole data key, with several the keys of each wrap its share.
 *
 * @param keyGroups the entries, in the order of the rule
 * @param shamirThreshold how many groups are needed; with one group it means nothing
 */
record WrappedDataKey(List<KeyGroup> keyGroups, int shamirThreshold) {

    /**
     * Has every key of the rule wrap the data key or its share.
     *
     * @param threshold how many groups are to be needed, which need not be what the rule says; 0 means all
     * @param random for the shares
     * @throws StorageNotConfiguredException if groups and threshold of the rule do not fit together
     * @throws io.quarkiverse.tokenstorage.TokenStorageException if a key fails to wrap
     */
    static WrappedDataKey wrap(DataKey dataKey, CreationRule rule, int threshold, SecureRandom random) {
        requireKeys(rule);
        int groups = rule.keyGroups().size();
        if (groups == 1) {
            return new WrappedDataKey(List.of(wrap(dataKey, rule.keyGroups().get(0))), threshold);
        }
        int needed = OwnAccess.needed(groups, threshold);
        requireThreshold(rule, needed);
        List<DataKey> shares = SecretSharing.split(dataKey.bytes(), groups, needed, random).stream().map(DataKey::owning)
                .toList();
        try {
            List<KeyGroup> wrapped = new ArrayList<>(groups);
            for (int i = 0; i < groups; i++) {
                wrapped.add(wrap(shares.get(i), rule.keyGroups().get(i)));
            }
            return new WrappedDataKey(List.copyOf(wrapped), needed);
        } finally {
            shares.forEach(DataKey::close);
        }
    }

    private static KeyGroup wrap(DataKey keyOrShare, List<MasterKey> masterKeys) {
        List<KeyEntry> entries = new ArrayList<>(masterKeys.size());
        for (MasterKey masterKey : masterKeys) {
            entries.add(masterKey.wrap(keyOrShare));
        }
        return new KeyGroup(entries);
    }

    private static void requireKeys(CreationRule rule) {
        List<List<MasterKey>> groups = rule.keyGroups();
        if (groups.isEmpty() || groups.size() == 1 && groups.get(0).isEmpty()) {
            throw new StorageNotConfiguredException(rule.origin() + ": it names no keys to encrypt with");
        }
        int keys = 0;
        for (int i = 0; i < groups.size(); i++) {
            keys += groups.get(i).size();
            if (groups.get(i).isEmpty()) {
                throw new StorageNotConfiguredException(rule.origin() + ": key group " + (i + 1)
                        + " names no keys: add one, or remove the group");
            }
        }
        if (keys > KeyEntryReader.MAX_ENTRIES) {
            throw new StorageNotConfiguredException(
                    rule.origin() + ": it names " + keys + " keys, and a document with more than "
                            + KeyEntryReader.MAX_ENTRIES + " could not be read again: use fewer");
        }
    }

    private static void requireThreshold(CreationRule rule, int threshold) {
        int groups = rule.keyGroups().size();
        if (groups > SecretSharing.MAX_SHARES) {
            throw new StorageNotConfiguredException(rule.origin() + ": it has " + groups + " key groups, but a data key can be"
                    + " split into " + SecretSharing.MAX_SHARES + " shares at most: merge some of them");
        }
        if (threshold < SecretSharing.MIN_THRESHOLD) {
            throw new StorageNotConfiguredException(
                    rule.origin() + ": shamir_threshold is " + threshold + ", but with several key"
                            + " groups at least 2 of them are needed: write 2 or more, or merge them into one group");
        }
        if (threshold > groups) {
            throw new StorageNotConfiguredException(
                    rule.origin() + ": shamir_threshold is " + threshold + ", but there are only "
                            + groups + " key groups: write at most " + groups);
        }
    }
}
