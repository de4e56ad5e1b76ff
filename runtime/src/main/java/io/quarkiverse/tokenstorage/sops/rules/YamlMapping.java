package io.quarkiverse.tokenstorage.sops.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a rules file, read the way sops' YAML library fills its structures: unknown keys are ignored, {@code null} is
 * as good as absent, and a scalar in the place of a text counts as it is written ({@code 007} stays {@code 007}). Merge keys
 * are followed; a key that is there twice is refused.
 */
final class YamlMapping {

    private static final String MERGE_KEY = "<<";
    private static final int DEEPEST_MERGE = 20;
    /** Aliases could make a small file merge millions. */
    private static final int MOST_MERGES = 1000;
    /** sops takes the words of YAML 1.1 too. */
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

    private final Node node;
    private final Place place;
    private final WorkBudget budget;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private int merges;

    private YamlMapping(Node node, Place place, WorkBudget budget) {
        this.node = node;
        this.place = place;
        this.budget = budget;
    }

    /**
     * @param budget of the file
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if it is no mapping, or has a key twice
     */
    static YamlMapping of(Node node, Place place, WorkBudget budget) {
        YamlMapping mapping = new YamlMapping(node, place, budget);
        budget.item(node, place);
        if (!isNull(node)) {
            mapping.fill(node, 0);
        }
        return mapping;
    }

    private void fill(Node source, int depth) {
        if (!(source instanceof MappingNode mapping)) {
            throw place.fault(source, "this must be a mapping (key: value)");
        }
        if (depth > DEEPEST_MERGE || ++merges > MOST_MERGES) {
            throw place.fault(source, "there are too many or too deeply nested merge keys");
        }
        budget.item(source, place);
        Map<String, Node> own = new LinkedHashMap<>();
        Node merged = null;
        for (NodeTuple tuple : mapping.getValue()) {
            budget.item(tuple.getKeyNode(), place);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw place.fault(tuple.getKeyNode(), "a key must be a text");
            }
            if (key.getTag().equals(Tag.MERGE) || key.getValue().equals(MERGE_KEY) && key.isPlain()) {
                merged = tuple.getValueNode();
            } else if (own.put(key.getValue(), tuple.getValueNode()) != null) {
                throw place.fault(key, "the key '" + shortened(key.getValue()) + "' is there twice: remove one");
            }
        }
        own.forEach(values::putIfAbsent);
        if (merged instanceof SequenceNode several) {
            several.getValue().forEach(one -> fill(one, depth + 1));
        } else if (merged != null) {
            fill(merged, depth + 1);
        }
    }

    boolean has(String name) {
        return node(name).isPresent();
    }

    /** The value, unless it is absent or {@code null}. */
    Optional<Node> node(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !isNull(value));
    }

    /** The value as it is written; an empty text is as good as none. */
    Optional<String> text(String name) {
        return node(name).map(value -> text(value, name)).filter(text -> !text.isEmpty());
    }

    String text(Node value, String name) {
        if (value instanceof ScalarNode scalar) {
            return isNull(value) ? "" : scalar.getValue();
        }
        throw place.fault(value, name + " must be a text");
    }

    int integer(String name, int defaultValue, int smallest, int largest) {
        Optional<Node> value = node(name);
        if (value.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text(value.get(), name));
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below: not a number at all
        }
        throw place.fault(value.get(), name + " must be a whole number from " + smallest + " to " + largest);
    }

    boolean flag(String name) {
        Optional<Node> value = node(name);
        if (value.isEmpty()) {
            return false;
        }
        String word = text(value.get(), name).toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        }
        throw place.fault(value.get(), name + " must be true or false");
    }

    /** The elements of a list, without those that are {@code null}, which sops skips; empty if it is absent. */
    List<Node> list(String name) {
        Optional<Node> value = node(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof SequenceNode sequence) {
            return sequence.getValue().stream().filter(element -> !isNull(element)).toList();
        }
        throw place.fault(value.get(), name + " must be a list");
    }

    YamlMapping mapping(String name) {
        Optional<Node> value = node(name);
        return value.isEmpty() ? new YamlMapping(node, place.in(name), budget)
                : of(value.get(), place.in(name), budget);
    }

    Map<String, Node> values() {
        return values;
    }

    WorkBudget budget() {
        return budget;
    }

    Node node() {
        return node;
    }

    Place place() {
        return place;
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String shortened(String key) {
        return key.length() <= 40 ? key : key.substring(0, 40) + "…";
    }
}
