package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the keys of a document differ from those of a rule: compared group by group by their identity texts, in whatever order
 * ({@code cmd/sops/common/common.go} and {@code subcommand/updatekeys}).
 *
 * @param groups one for each group that either of them has, in order
 * @param oldThreshold how many groups the document says are needed; 0 if it does not say
 * @param newThreshold the same afterwards
 */
public record KeyDifference(List<Group> groups, int oldThreshold, int newThreshold) {

    /** A key alone is no secret sharing; below this the number of groups is the threshold. */
    private static final int SMALLEST_THRESHOLD = 2;

    /**
     * The identity texts of one group.
     *
     * @param kept in both
     * @param added in the rule only
     * @param removed in the document only
     */
    public record Group(List<String> kept, List<String> added, List<String> removed) {

        public Group {
            kept = List.copyOf(kept);
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }

        public boolean differs() {
            return !added.isEmpty() || !removed.isEmpty();
        }
    }

    public KeyDifference {
        groups = List.copyOf(groups);
    }

    /** What {@code updatekeys} changes: the threshold is that of the document, the rule's is not asked. */
    public static KeyDifference onUpdate(SopsMetadata metadata, CreationRule rule) {
        List<Group> groups = groups(metadata, rule);
        int old = metadata.shamirThreshold();
        return new KeyDifference(groups, old, updatedThreshold(old, groups, rule.keyGroups().size()));
    }

    /** What changes when the content is encrypted anew, all as the rule says. */
    public static KeyDifference onRotation(SopsMetadata metadata, CreationRule rule) {
        int count = rule.keyGroups().size();
        int threshold = rule.shamirThreshold() == 0 && count >= SMALLEST_THRESHOLD ? count : rule.shamirThreshold();
        return new KeyDifference(groups(metadata, rule), metadata.shamirThreshold(), threshold);
    }

    private static List<Group> groups(SopsMetadata metadata, CreationRule rule) {
        List<Group> groups = new ArrayList<>();
        int count = rule.keyGroups().size();
        for (int i = 0; i < Math.max(metadata.keyGroups().size(), count); i++) {
            Set<String> before = new LinkedHashSet<>();
            Set<String> after = new LinkedHashSet<>();
            if (i < metadata.keyGroups().size()) {
                metadata.keyGroups().get(i).entries().forEach(entry -> before.add(entry.identity()));
            }
            if (i < count) {
                rule.keyGroups().get(i).forEach(key -> after.add(key.identity()));
            }
            groups.add(group(before, after));
        }
        return groups;
    }

    private static Group group(Set<String> before, Set<String> after) {
        List<String> kept = new ArrayList<>(after);
        kept.retainAll(before);
        List<String> added = new ArrayList<>(after);
        added.removeAll(before);
        List<String> removed = new ArrayList<>(before);
        removed.removeAll(after);
        return new Group(kept, added, removed);
    }

    private static int updatedThreshold(int old, List<Group> groups, int count) {
        int threshold = Math.min(old, count);
        boolean unchanged = threshold == old && groups.stream().noneMatch(Group::differs);
        // Where sops fails, as after a change from two groups to one and back, all groups are needed
        return unchanged || count < SMALLEST_THRESHOLD || threshold >= SMALLEST_THRESHOLD ? threshold : count;
    }

    /** Whether updating the keys would change nothing, so that the document stays as it is. */
    public boolean isEmpty() {
        return oldThreshold == newThreshold && groups.stream().noneMatch(Group::differs);
    }
}
