package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * The encryption contexts that AWS KMS was really given by sops before 3.3.0: one of the values under all names, while the
 * file shows each with its own ({@code cmd/sops/common/common.go}, {@code RecoverDataKeyFromBuggyKMS}).
 */
final class OldKmsContexts {

    private static final Pattern BEFORE_3_3_0 = Pattern.compile("1\\..*|v?([0-2]\\.[0-9]+|3\\.[0-2])\\..*", Pattern.DOTALL);
    /** Each costs a call of KMS. */
    private static final int MOST_VALUES = 8;

    private OldKmsContexts() {
    }

    /** The key groups of a document, with entries added after those that KMS may have been given otherwise. */
    static List<KeyGroup> keyGroups(SopsMetadata metadata) {
        if (!BEFORE_3_3_0.matcher(metadata.version()).matches()) {
            return metadata.keyGroups();
        }
        return metadata.keyGroups().stream().map(group -> new KeyGroup(group.entries().stream()
                .flatMap(entry -> variations(entry).stream()).toList())).toList();
    }

    private static List<KeyEntry> variations(KeyEntry entry) {
        List<KeyEntry> entries = new ArrayList<>(List.of(entry));
        if (entry.kind() == KeyKind.KMS) {
            Map<String, String> context = KmsKey.of(entry.fields(), entry.kind().metadataName()).context();
            Set<String> values = new LinkedHashSet<>(context.values());
            if (values.size() > 1) {
                values.stream().limit(MOST_VALUES)
                        .forEach(value -> entries.add(withContext(entry, context.keySet(), value)));
            }
        }
        return entries;
    }

    private static KeyEntry withContext(KeyEntry entry, Set<String> names, String value) {
        JsonObject.Builder context = JsonObject.builder();
        names.forEach(name -> context.add(name, value));
        JsonObject.Builder fields = JsonObject.builder();
        entry.fields().members().stream().filter(field -> !field.name().equalsIgnoreCase("context"))
                .forEach(field -> fields.add(field.name(), field.value()));
        return new KeyEntry(entry.kind(), entry.identity(), entry.enc(), fields.add("context", context.build()).build());
    }
}
