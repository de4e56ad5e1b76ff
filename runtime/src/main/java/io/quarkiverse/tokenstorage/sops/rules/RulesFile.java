package io.quarkiverse.tokenstorage.sops.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.yaml.snakeyaml.nodes.Node;

/**
 * The content of a {@code .sops.yaml} as far as it concerns new JSON documents ({@code config/config.go}).
 *
 * @param rules empty and present are different: no rules at all is like no file
 * @param jsonIndent {@code stores.json.indent}: the spaces of a level, 0 for line breaks only, -1 for a tab
 */
record RulesFile(Optional<List<Rule>> rules, int jsonIndent) {

    static final int TAB = -1;

    /** sops takes any number; this bounds what a small document can grow to. */
    private static final int LARGEST_INDENT = 64;

    /** A stranger's patterns may take half a millisecond for each character. */
    private static final int LONGEST_PATTERNS = 1 << 17;

    /** @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if it is not a rules file; names the place */
    static RulesFile parse(byte[] content, Path file) {
        Optional<Node> root = YamlDocument.parse(content, file);
        if (root.isEmpty()) {
            return new RulesFile(Optional.empty(), TAB);
        }
        Place place = new Place(file.toString(), "");
        YamlMapping top = YamlMapping.of(root.get(), place, new WorkBudget());
        int indent = top.mapping("stores").mapping("json").integer("indent", TAB, TAB, LARGEST_INDENT);
        if (!top.has("creation_rules")) {
            return new RulesFile(Optional.empty(), indent);
        }
        List<Rule> rules = new ArrayList<>();
        int patterns = 0;
        for (Node node : top.list("creation_rules")) {
            Rule rule = Rule.of(node, rules.size() + 1, place, top.budget());
            patterns += rule.pathRegex().map(String::length).orElse(0);
            if (patterns > LONGEST_PATTERNS) {
                throw place.fault(node, "the path_regex of all rules are longer than " + LONGEST_PATTERNS + " characters");
            }
            rules.add(rule);
        }
        return new RulesFile(Optional.of(List.copyOf(rules)), indent);
    }
}
