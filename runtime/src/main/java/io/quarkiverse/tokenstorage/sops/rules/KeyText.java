package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Master keys that are given as one text, in flat rules and in variables. */
final class KeyText {

    /** A key of a rule that lists master keys. */
    record Field(String name, KeyKind kind, boolean listOnly) {
    }

    /** In the order in which sops makes the keys of a rule. */
    static final List<Field> FLAT_FIELDS = List.of(new Field("age", KeyKind.AGE, false),
            new Field("pgp", KeyKind.PGP, false), new Field("kms", KeyKind.KMS, false),
            new Field("gcp_kms", KeyKind.GCP_KMS, false), new Field("hckms", KeyKind.HCKMS, true),
            new Field("azure_keyvault", KeyKind.AZURE_KV, false),
            new Field("hc_vault_transit_uri", KeyKind.HC_VAULT, false));

    /** ARNs hold no {@code +} before a colon, so this separates a key from the role to assume. */
    private static final String ROLE_SEPARATOR = "+arn:";

    private KeyText() {
    }

    /** The parts between commas, trimmed. */
    static List<String> split(String text, boolean keepEmpty) {
        return split(text, keepEmpty, Integer.MAX_VALUE);
    }

    /** As {@link #split(String, boolean)}, but the first parts only. */
    static List<String> split(String text, boolean keepEmpty, int most) {
        List<String> parts = new ArrayList<>();
        for (int start = 0; start <= text.length() && parts.size() < most;) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String trimmed = text.substring(start, end).strip();
            if (keepEmpty || !trimmed.isEmpty()) {
                parts.add(trimmed);
            }
            start = end + 1;
        }
        return parts;
    }

    /** @param awsProfile counts for {@link KeyKind#KMS} */
    static KeyDescription describe(KeyKind kind, String text, Optional<String> awsProfile) {
        return switch (kind) {
            case AGE -> KeyDescription.of(kind, "recipient", text);
            case PGP -> KeyDescription.of(kind, "fp", text.replace(" ", ""));
            case GCP_KMS -> KeyDescription.of(kind, "resource_id", text);
            case HCKMS -> KeyDescription.of(kind, "key_id", text);
            case AZURE_KV, HC_VAULT -> KeyDescription.of(kind, "uri", text);
            case KMS -> new KeyDescription(kind, kms(text.replace(" ", ""), awsProfile));
        };
    }

    private static JsonObject kms(String text, Optional<String> awsProfile) {
        int role = text.indexOf(ROLE_SEPARATOR);
        JsonObject.Builder description = JsonObject.builder().add("arn", role > 0 ? text.substring(0, role) : text);
        awsProfile.ifPresent(profile -> description.add("aws_profile", profile));
        if (role > 0) {
            description.add("role", text.substring(role + 1));
        }
        return description.build();
    }
}
