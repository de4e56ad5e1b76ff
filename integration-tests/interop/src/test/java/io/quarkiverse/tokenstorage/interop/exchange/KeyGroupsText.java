package io.quarkiverse.tokenstorage.interop.exchange;

import java.util.List;

/**
 * The keys of a rule as they stand in a rules file.
 *
 * @param groups each a YAML flow mapping, such as {@code {age: ['age1…']}}
 */
public record KeyGroupsText(List<String> groups, int threshold) {

    public static KeyGroupsText of(String group) {
        return new KeyGroupsText(List.of(group), 0);
    }

    public static KeyGroupsText age(String recipient) {
        return of("{age: ['" + recipient + "']}");
    }

    /** The beginning of a rule. */
    public String text() {
        StringBuilder yaml = new StringBuilder("  - key_groups:\n");
        groups.forEach(group -> yaml.append("      - ").append(group).append('\n'));
        if (threshold > 0) {
            yaml.append("    shamir_threshold: ").append(threshold).append('\n');
        }
        return yaml.toString();
    }
}
