package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the keys of a document differ from those of a rule: compared group by group, in whatever order, by
 * {@link MasterKey#isKeyOf}: as sops does by their identity texts ({@code cmd/sops/common/common.go} and
 * {@code subcommand/updatekeys}), but a key of Azure without a version does not differ from its entries, which have one.
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
        int threshold = count < SMALLEST_THRESHOLD ? rule.shamirThreshold()
                : OwnAccess.needed(count, rule.shamirThreshold());
        return new KeyDifference(groups(metadata, rule), metadata.shamirThreshold(), threshold);
    }

    private static List<Group> groups(SopsMetadata metadata, CreationRule rule) {
        List<Group> groups = new ArrayList<>();
        int count = rule.keyGroups().size();
        for (int i = 0; i < Math.max(metadata.keyGroups().size(), count); i++) {
            groups.add(group(i < metadata.keyGroups().size() ? metadata.keyGroups().get(i).entries() : List.of(),
                    i < count ? rule.keyGroups().get(i) : List.of()));
        }
        return groups;
    }

    private static Group group(List<KeyEntry> before, List<MasterKey> after) {
        Set<String> kept = new LinkedHashSet<>();
        Set<String> added = new LinkedHashSet<>();
        after.forEach(key -> (before.stream().anyMatch(key::isKeyOf) ? kept : added).add(key.identity()));
        Set<String> removed = new LinkedHashSet<>();
        before.stream().filter(entry -> after.stream().noneMatch(key -> key.isKeyOf(entry)))
                .forEach(entry -> removed.add(entry.identity()));
        return new Group(List.copyOf(kept), List.copyOf(added), List.copyOf(removed));
    }

    private static int updatedThreshold(int old, List<Group> groups, int count) {
        int threshold = Math.min(old, count);
        boolean unchanged = threshold == old && same(groups);
        // Where sops fails, as after a change from two groups to one and back, all groups are needed
        return unchanged || count < SMALLEST_THRESHOLD || threshold >= SMALLEST_THRESHOLD ? threshold : count;
    }

    private static boolean same(List<Group> groups) {
        return groups.stream().noneMatch(Group::differs);
    }

    /**
     * Whether the same keys open the document before and after. The threshold may differ all the same: in a document of one
     * group it means nothing.
     */
    public boolean sameKeys() {
        return same(groups);
    }

    /** Whether updating the keys would change nothing, so that the document stays as it is. */
    public boolean isEmpty() {
        return oldThreshold == newThreshold && sameKeys();
    }
}
