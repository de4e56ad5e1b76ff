package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Why the entries of one key group did not open, and whether that is because of damage: one that is not intact is no reason
 * to restore a file that another of its entries could still open. Not thread-safe.
 */
final class EntryFailures {

    /** Whether the private key for an entry is at hand; the more can be done about an intact one, the earlier. */
    private enum Ownership {
        OURS,
        UNKNOWN,
        STRANGERS
    }

    private record Failure(KeyEntry entry, String reason) {
    }

    private final Map<KeyKind, KeyService> services;
    private final Map<KeyKind, Optional<Set<String>>> own;
    private final List<Failure> damaged = new ArrayList<>();
    private final List<Failure> closed = new ArrayList<>();

    /** @param own the keys at hand of each kind, as far as they were asked for; filled further */
    EntryFailures(Map<KeyKind, KeyService> services, Map<KeyKind, Optional<Set<String>>> own) {
        this.services = services;
        this.own = own;
    }

    void damaged(KeyEntry entry, String reason) {
        damaged.add(new Failure(entry, reason));
    }

    /** One that is intact as far as one can see. */
    void closed(KeyEntry entry, String reason) {
        closed.add(new Failure(entry, reason));
    }

    /**
     * Whether an intact file would have opened: something is damaged, and no intact entry is for a key at hand. One of which
     * that is not known counts as much, unless what is damaged is for a key at hand.
     */
    boolean areDamage() {
        return !damaged.isEmpty() && !any(closed, Ownership.OURS)
                && (!any(closed, Ownership.UNKNOWN) || any(damaged, Ownership.OURS));
    }

    private boolean any(List<Failure> failures, Ownership ownership) {
        return failures.stream().anyMatch(failure -> ownership(failure.entry()) == ownership);
    }

    /** The most telling first, and one of each sort before others, as not all may be told. */
    List<String> reasons() {
        boolean damage = areDamage();
        List<Failure> intact = closed;
        if (!damaged.isEmpty()) {
            intact = new ArrayList<>(closed);
            intact.sort(Comparator.comparing(failure -> ownership(failure.entry())));
        }
        List<Failure> all = new ArrayList<>(damage ? damaged : intact);
        List<Failure> rest = damage ? intact : damaged;
        if (!rest.isEmpty()) {
            all.add(Math.min(1, all.size()), rest.get(0));
            all.addAll(rest.subList(1, rest.size()));
        }
        return all.stream().map(Failure::reason).toList();
    }

    private Ownership ownership(KeyEntry entry) {
        KeyService service = services.get(entry.kind());
        if (service == null) {
            return Ownership.STRANGERS;
        }
        Optional<Set<String>> keys = own.computeIfAbsent(entry.kind(), unused -> service.ownMasterKeys());
        if (keys.isEmpty()) {
            return Ownership.UNKNOWN;
        }
        return isOneOf(keys.get(), entry, service) ? Ownership.OURS : Ownership.STRANGERS;
    }

    private static boolean isOneOf(Set<String> keys, KeyEntry entry, KeyService service) {
        if (keys.isEmpty() || keys.contains(entry.identity())) {
            return !keys.isEmpty();
        }
        try {
            return service.masterKey(entry.fields(), "an entry").isOneOf(keys);
        } catch (StorageNotConfiguredException e) {
            return false;
        }
    }
}
