package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KeyGroupOpener.Opening;
import io.quarkiverse.tokenstorage.sops.shamir.SecretSharing;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * Obtains the data key of a document with several key groups, each of which wraps a share of it. sops opens all groups that
 * it can and combines all shares. Any {@code shamir_threshold} of them make the same key, so here no more groups are opened
 * than it says: each can cost a program, a service or a passphrase. But the number is not authenticated. If the key that so
 * many shares make does not fit the document, or the document does not say how many are needed, it is done as in sops.
 * Holds shares: close it. Not thread-safe.
 */
final class SharedKeyRecovery implements AutoCloseable {

    private static final int SHARE_LENGTH = DataKey.LENGTH + 1;

    /** As many groups, and entries of each, are told about. */
    private static final int MAX_GROUPS = 10;
    private static final int MAX_REASONS = 2;

    private final SopsDocument document;
    private final List<KeyGroup> groups;
    private final int threshold;
    private final KeyGroupOpener opener;
    private final List<DataKey> shares = new ArrayList<>();
    /** The place of each share, to the number of its group. */
    private final Map<Integer, Integer> places = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int damaged;

    SharedKeyRecovery(SopsDocument document, KeyGroupOpener opener) {
        this.document = document;
        this.groups = OldKmsContexts.keyGroups(document.metadata());
        this.threshold = document.metadata().shamirThreshold();
        this.opener = opener;
    }

    /**
     * @throws DamagedDocumentException if too few groups open and enough would if all were intact, or if the shares do not
     *         make the key of this document
     * @throws DataKeyUnavailableException if too few groups open
     */
    DataKey recover() {
        boolean told = threshold >= SecretSharing.MIN_THRESHOLD;
        Optional<DataKey> key = Optional.empty();
        for (int index : inOrder()) {
            boolean opened = open(index);
            if (opened && told && shares.size() == threshold) {
                key = combine();
            }
            if (key.isPresent()) {
                return key.get();
            }
        }
        int needed = Math.max(threshold, SecretSharing.MIN_THRESHOLD);
        if (shares.size() < needed) {
            throw tooFew(needed);
        }
        if (!told || shares.size() > threshold) {
            key = combine();
        }
        return key.orElseThrow(() -> misfit(told));
    }

    /** Those first that have the keys to be tried first. */
    private List<Integer> inOrder() {
        return IntStream.range(0, groups.size()).boxed()
                .sorted(Comparator.comparingInt(index -> opener.rank(groups.get(index)))).toList();
    }

    /** Whether it gave one more share. */
    private boolean open(int index) {
        int number = index + 1;
        Opening opening = opener.open(groups.get(index));
        if (opening.key().isEmpty()) {
            failures.add("group " + number + ": "
                    + (opening.reasons().isEmpty() ? "it names no keys" : opening.summary(MAX_REASONS)));
            damaged += opening.damaged() ? 1 : 0;
            return false;
        }
        DataKey share = opening.key().get();
        Optional<String> fault = fault(share, number);
        if (fault.isEmpty()) {
            shares.add(share);
            return true;
        }
        share.close();
        failures.add("group " + number + ": " + fault.get());
        damaged++;
        return false;
    }

    private Optional<String> fault(DataKey share, int group) {
        if (share.bytes().length != SHARE_LENGTH) {
            return Optional.of("its share has " + share.bytes().length + " bytes instead of " + SHARE_LENGTH);
        }
        int place = SecretSharing.place(share.bytes());
        if (place == 0) {
            return Optional.of("its share is marked as none");
        }
        Integer other = places.putIfAbsent(place, group);
        return other == null ? Optional.empty() : Optional.of("its share is that of group " + other);
    }

    /** Empty if what the shares make is not the key of the document. */
    private Optional<DataKey> combine() {
        DataKey key = DataKey.owning(SecretSharing.combine(shares.stream().map(DataKey::bytes).toList()));
        if (DocumentDecryption.mayOpen(document, key)) {
            return Optional.of(key);
        }
        key.close();
        return Optional.empty();
    }

    private TokenStorageException tooFew(int needed) {
        String counts = " of its " + groups.size() + " key groups, and " + needed + " are needed. " + summary();
        return shares.size() + damaged >= needed
                ? new DamagedDocumentException(document.location() + " is damaged: intact shares of its data key are in only "
                        + shares.size() + counts)
                : new DataKeyUnavailableException(document.location() + ": the keys at hand open " + shares.size() + counts);
    }

    private TokenStorageException misfit(boolean told) {
        if (!told && !failures.isEmpty() && damaged == 0) {
            return new DataKeyUnavailableException(document.location() + ": the keys at hand open " + shares.size() + " of its "
                    + groups.size() + " key groups, and more are needed, though it does not say how many. " + summary());
        }
        return new DamagedDocumentException(document.location() + " is damaged: the shares of " + shares.size()
                + " key groups make no key that opens its message authentication code"
                + (failures.isEmpty() ? "" : ". " + summary()));
    }

    private String summary() {
        String told = String.join("; ", failures.subList(0, Math.min(MAX_GROUPS, failures.size())));
        int more = failures.size() - MAX_GROUPS;
        return more > 0 ? told + "; and " + more + " more groups" : told;
    }

    @Override
    public void close() {
        shares.forEach(DataKey::close);
    }
}
