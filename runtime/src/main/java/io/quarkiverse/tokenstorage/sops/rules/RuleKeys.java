package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.sops.KmsKey;

/**
 * The keys of a rule in the YAML of a rules file.
 *
 * @param lines as a rule has them below its {@code path_regex}, without their common indentation
 * @param inline the same in a single line, for people to copy
 */
public record RuleKeys(List<String> lines, String inline) {

    public RuleKeys {
        lines = List.copyOf(lines);
    }

    /** @param recipient an age recipient of whatever kind, without a comment behind it */
    public static RuleKeys age(String recipient) {
        return plain("age: " + recipient);
    }

    /** @param fingerprint of a PGP key, also with the {@code !} of a subkey */
    public static RuleKeys pgp(String fingerprint) {
        // In quotes: forty digits could be taken for a number
        return plain("pgp: " + quoted(fingerprint));
    }

    /** A key with nothing but its ARN is written as people do; a context can only be written in a key group. */
    public static RuleKeys kms(KmsKey key) {
        if (key.role().isEmpty() && key.profile().isEmpty() && key.context().isEmpty()) {
            return plain("kms: " + key.arn());
        }
        List<String> fields = new ArrayList<>(List.of("arn: " + quoted(key.arn())));
        if (!key.role().isEmpty()) {
            fields.add("role: " + quoted(key.role()));
        }
        if (!key.profile().isEmpty()) {
            fields.add("aws_profile: " + quoted(key.profile()));
        }
        if (!key.context().isEmpty()) {
            fields.add("context: {" + key.context().entrySet().stream().map(RuleKeys::pair).collect(Collectors.joining(", "))
                    + "}");
        }
        List<String> lines = new ArrayList<>(List.of("key_groups:", "  - kms:"));
        for (int i = 0; i < fields.size(); i++) {
            lines.add((i == 0 ? "      - " : "        ") + fields.get(i));
        }
        return new RuleKeys(lines, "key_groups: [{kms: [{" + String.join(", ", fields) + "}]}]");
    }

    private static RuleKeys plain(String line) {
        return new RuleKeys(List.of(line), line);
    }

    private static String pair(Map.Entry<String, String> pair) {
        return quoted(pair.getKey()) + ": " + quoted(pair.getValue());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
