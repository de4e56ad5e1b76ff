package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * Whether this process could open what a rule has encrypted, as far as that is known without asking a service or a person.
 *
 * @param groups one for each key group of the rule
 * @param needed how many of them have to be opened
 * @param ownKeys the identity texts of all own keys that are known and of a kind that the rule names
 * @param unlisted why own keys of a kind that the rule names could not be listed at the moment; they count as strange then
 */
public record OwnAccess(List<Group> groups, int needed, Set<String> ownKeys, Optional<String> unlisted) {

    private static final int LONGEST_LIST = 2000;

    /** What is known of a group. */
    public enum Certainty {
        /** An own key is in it. */
        OPENS,
        /** Its kinds of keys have to be tried. */
        UNKNOWN,
        /** No own key is in it. */
        CLOSED
    }

    /**
     * A key group of a rule.
     *
     * @param keys the identity texts of all its keys
     * @param own those of them that are own keys
     */
    public record Group(Certainty certainty, Set<String> keys, Set<String> own) {
    }

    public OwnAccess {
        groups = List.copyOf(groups);
        ownKeys = Set.copyOf(ownKeys);
    }

    /** To a document whose keys are updated: it keeps its threshold, whatever the rule says. */
    public static OwnAccess afterUpdate(KeyDifference update, CreationRule rule, SopsEngine engine) {
        return of(rule.withShamirThreshold(update.newThreshold()), engine);
    }

    public static OwnAccess of(CreationRule rule, SopsEngine engine) {
        Map<KeyKind, Optional<Set<String>>> known = new EnumMap<>(KeyKind.class);
        Optional<String> unlisted = Optional.empty();
        for (KeyKind kind : rule.keyGroups().stream().flatMap(List::stream).map(MasterKey::kind)
                .collect(Collectors.toCollection(TreeSet::new))) {
            try {
                known.put(kind, engine.ownMasterKeys(kind));
            } catch (StorageAccessException e) {
                known.put(kind, Optional.of(Set.of()));
                unlisted = Optional.of(e.getMessage());
            }
        }
        List<Group> groups = new ArrayList<>();
        for (List<MasterKey> group : rule.keyGroups()) {
            groups.add(group(group, known));
        }
        Set<String> ownKeys = new TreeSet<>();
        known.values().forEach(keys -> keys.ifPresent(ownKeys::addAll));
        return new OwnAccess(groups, needed(groups.size(), rule.shamirThreshold()), ownKeys, unlisted);
    }

    private static Group group(List<MasterKey> masterKeys, Map<KeyKind, Optional<Set<String>>> known) {
        Set<String> keys = new LinkedHashSet<>();
        Set<String> own = new LinkedHashSet<>();
        boolean unknown = false;
        for (MasterKey key : masterKeys) {
            keys.add(key.identity());
            Optional<Set<String>> ownOfKind = known.get(key.kind());
            if (ownOfKind.isEmpty()) {
                unknown = true;
            } else if (key.isOneOf(ownOfKind.get())) {
                own.add(key.identity());
            }
        }
        return new Group(!own.isEmpty() ? Certainty.OPENS : unknown ? Certainty.UNKNOWN : Certainty.CLOSED, keys, own);
    }

    /** How many of so many groups have to be opened; a threshold of 0 stands for all. */
    public static int needed(int groups, int threshold) {
        return groups == 1 ? 1 : threshold == 0 ? groups : threshold;
    }

    /** How many groups there are of which this is known. */
    public int count(Certainty certainty) {
        return (int) groups.stream().filter(group -> group.certainty() == certainty).count();
    }

    /** Whether it can be opened for sure, cannot, or has to be tried. */
    public Certainty verdict() {
        int open = count(Certainty.OPENS);
        return open >= needed ? Certainty.OPENS
                : open + count(Certainty.UNKNOWN) >= needed ? Certainty.UNKNOWN : Certainty.CLOSED;
    }

    /** What of the groups cannot be opened, for people: each with its number, bounded. Empty for a single group. */
    public String closedGroups() {
        List<String> closed = new ArrayList<>();
        for (int i = 0; groups.size() > 1 && i < groups.size(); i++) {
            if (groups.get(i).certainty() == Certainty.CLOSED) {
                closed.add("group " + (i + 1) + ": " + String.join(", ", groups.get(i).keys()));
            }
        }
        return PrintableText.of(String.join("; ", closed), LONGEST_LIST);
    }
}
