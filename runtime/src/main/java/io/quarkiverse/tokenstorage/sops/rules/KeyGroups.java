package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * The master keys of one rule, of every kind and in the order of sops ({@code config/config.go},
 * {@code getKeyGroupsFromCreationRule} and {@code extractMasterKeys}). Bounded: aliases could make a small file name
 * billions of keys.
 */
final class KeyGroups {

    private static final int MOST_KEYS = 1000;
    private static final int MOST_MERGES = 1000;
    private static final int DEEPEST_MERGE = 20;

    private final YamlMapping rule;
    private int keys;
    private int merges;

    private KeyGroups(YamlMapping rule) {
        this.rule = rule;
    }

    /** One group of the flat keys, which may be empty, or the {@code key_groups} if there are any. */
    static List<List<KeyDescription>> of(YamlMapping rule) {
        KeyGroups groups = new KeyGroups(rule);
        List<Node> nested = rule.list("key_groups");
        if (nested.isEmpty()) {
            return List.of(groups.flat());
        }
        List<List<KeyDescription>> result = new ArrayList<>();
        for (int i = 0; i < nested.size(); i++) {
            YamlMapping group = YamlMapping.of(nested.get(i), rule.place().in("key group " + (i + 1)), rule.budget());
            Set<KeyDescription> members = new LinkedHashSet<>();
            groups.addGroup(group, members, 0);
            result.add(List.copyOf(members));
        }
        return result;
    }

    private List<KeyDescription> flat() {
        List<KeyDescription> flat = new ArrayList<>();
        for (KeyText.Field field : KeyText.FLAT_FIELDS) {
            Optional<Node> value = rule.node(field.name());
            if (value.isPresent()) {
                for (String text : texts(value.get(), field)) {
                    flat.add(KeyText.describe(field.kind(), text, rule.text("aws_profile")));
                }
            }
        }
        return flat;
    }

    /** A text is split at commas and its empty parts are skipped; the elements of a list are not skipped. */
    private List<String> texts(Node value, KeyText.Field field) {
        if (value instanceof ScalarNode scalar && !field.listOnly()) {
            return split(value, scalar.getValue(), false);
        }
        if (value instanceof SequenceNode sequence) {
            List<String> texts = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                texts.addAll(split(element, rule.text(element, "an element of " + field.name()), true));
            }
            return texts;
        }
        throw rule.place().fault(value,
                field.name() + " must be " + (field.listOnly() ? "" : "a text or ") + "a list of texts");
    }

    private void addGroup(YamlMapping group, Set<KeyDescription> members, int depth) {
        if (depth > DEEPEST_MERGE || ++merges > MOST_MERGES) {
            throw group.place().fault(group.node(), "too many or too deeply nested merges of key groups");
        }
        for (Node merged : group.list("merge")) {
            addGroup(YamlMapping.of(merged, group.place(), group.budget()), members, depth + 1);
        }
        addTexts(group, "age", KeyKind.AGE, members);
        addTexts(group, "pgp", KeyKind.PGP, members);
        for (Node key : group.list("kms")) {
            add(key, new KeyDescription(KeyKind.KMS, kms(YamlMapping.of(key, group.place(), group.budget()))), members);
        }
        addFields(group, "gcp_kms", KeyKind.GCP_KMS, members, "resource_id", "resource_id");
        addFields(group, "hckms", KeyKind.HCKMS, members, "key_id", "key_id");
        addFields(group, "azure_keyvault", KeyKind.AZURE_KV, members, "vaultUrl", "vault_url", "key", "name", "version",
                "version");
        addTexts(group, "hc_vault", KeyKind.HC_VAULT, members);
    }

    private void addTexts(YamlMapping group, String name, KeyKind kind, Set<KeyDescription> members) {
        for (Node element : group.list(name)) {
            for (String text : split(element, group.text(element, "an element of " + name), true)) {
                members.add(KeyText.describe(kind, text, Optional.empty()));
            }
        }
    }

    private void addFields(YamlMapping group, String name, KeyKind kind, Set<KeyDescription> members, String... fields) {
        for (Node element : group.list(name)) {
            YamlMapping key = YamlMapping.of(element, group.place(), group.budget());
            JsonObject.Builder description = JsonObject.builder();
            for (int i = 0; i < fields.length; i += 2) {
                String field = fields[i + 1];
                key.text(fields[i]).ifPresent(text -> description.add(field, text));
            }
            add(element, new KeyDescription(kind, description.build()), members);
        }
    }

    private static JsonObject kms(YamlMapping key) {
        JsonObject.Builder description = JsonObject.builder();
        description.add("arn", key.text("arn").orElse(""));
        key.text("aws_profile").ifPresent(text -> description.add("aws_profile", text));
        YamlMapping context = key.mapping("context");
        if (!context.values().isEmpty()) {
            JsonObject.Builder pairs = JsonObject.builder();
            // Sorted, so that keys that are the same for sops are the same here
            context.values().keySet().stream().sorted(KmsKey.NAME_ORDER)
                    .forEach(name -> pairs.add(name, context.text(context.values().get(name), name)));
            description.add("context", pairs.build());
        }
        key.text("role").ifPresent(text -> description.add("role", text));
        return description.build();
    }

    /** Counts the parts as keys while there are few of them: a text may have half a million, and stand in many places. */
    private List<String> split(Node node, String text, boolean keepEmpty) {
        rule.budget().characters(text.length(), node, rule.place());
        List<String> parts = KeyText.split(text, keepEmpty, MOST_KEYS + 1);
        parts.forEach(part -> count(node));
        return parts;
    }

    private void add(Node node, KeyDescription key, Set<KeyDescription> members) {
        count(node);
        members.add(key);
    }

    private void count(Node node) {
        if (++keys > MOST_KEYS) {
            throw rule.place().fault(node, "more than " + MOST_KEYS + " keys in one rule");
        }
        rule.budget().item(node, rule.place());
    }
}
