package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.yaml.snakeyaml.nodes.Node;

import io.quarkiverse.tokenstorage.sops.selector.Selector;

/**
 * One element of {@code creation_rules}. Types are checked when the file is read, meaning only when the rule is used, as in
 * sops.
 *
 * @param number from 1, in file order
 * @param line from 1
 * @param pathRegex an RE2 expression, searched anywhere in the path; empty matches every path. An invalid one matters only
 *        when a path gets as far as this rule
 * @param filenameRegexOnly whether there is the {@code filename_regex} of old versions, which nobody looks at any more,
 *        and no {@code path_regex}
 * @param selectors all that are given; more than one is a mistake
 */
record Rule(int number, int line, Optional<String> pathRegex, boolean filenameRegexOnly,
        List<List<KeyDescription>> keyGroups, int shamirThreshold, List<Selector> selectors, boolean macOnlyEncrypted) {

    static Rule of(Node node, int number, Place file, WorkBudget budget) {
        YamlMapping rule = YamlMapping.of(node, file.in("rule " + number), budget);
        Optional<String> pathRegex = rule.text("path_regex");
        List<Selector> selectors = new ArrayList<>();
        for (Selector.Kind kind : Selector.Kind.values()) {
            rule.text(kind.fieldName()).ifPresent(pattern -> selectors.add(new Selector(kind, pattern)));
        }
        return new Rule(number, Place.line(node), pathRegex, pathRegex.isEmpty() && rule.has("filename_regex"),
                KeyGroups.of(rule), rule.integer("shamir_threshold", 0, 0, Integer.MAX_VALUE), List.copyOf(selectors),
                rule.flag("mac_only_encrypted"));
    }
}
