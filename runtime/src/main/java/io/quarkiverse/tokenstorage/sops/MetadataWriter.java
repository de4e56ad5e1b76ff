package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/** Writes the {@code sops} block as sops 3.13 does: sorted by name at every level ({@code stores/metadata.go}). */
final class MetadataWriter {

    private static final Comparator<JsonMember> BY_NAME = Comparator.comparing(JsonMember::name);

    /** In a group of several, sops does not mark these lists as to be left out. */
    private static final Set<KeyKind> WRITTEN_IF_EMPTY = Set.of(KeyKind.AGE, KeyKind.HC_VAULT);

    private MetadataWriter() {
    }

    /**
     * The bytes of a whole document: the block comes last.
     *
     * @param tree the document without its block
     */
    static byte[] write(JsonObject tree, SopsMetadata metadata, int indent) {
        List<JsonMember> members = new ArrayList<>(tree.members());
        members.add(new JsonMember(SopsMetadata.MEMBER, write(metadata)));
        return JsonWriter.write(new JsonObject(members), indent);
    }

    static JsonObject write(SopsMetadata metadata) {
        List<JsonMember> members = new ArrayList<>();
        if (metadata.keyGroups().size() == 1) {
            members.addAll(lists(metadata.keyGroups().get(0), Set.of()));
        } else {
            members.add(new JsonMember("key_groups", new JsonArray(metadata.keyGroups().stream()
                    .map(group -> (JsonValue) sorted(lists(group, WRITTEN_IF_EMPTY).stream())).toList())));
        }
        if (metadata.shamirThreshold() != 0) {
            members.add(new JsonMember("shamir_threshold", new JsonInteger(metadata.shamirThreshold())));
        }
        if (metadata.macOnlyEncrypted()) {
            members.add(new JsonMember("mac_only_encrypted", new JsonBoolean(true)));
        }
        members.add(text("lastmodified", metadata.lastModified()));
        members.add(text("mac", metadata.mac()));
        members.add(text(metadata.selector().kind().fieldName(), metadata.selector().pattern()));
        members.add(text("version", metadata.version()));
        return sorted(members.stream());
    }

    /** One list for each kind of keys. */
    private static List<JsonMember> lists(KeyGroup group, Set<KeyKind> evenIfEmpty) {
        List<JsonMember> lists = new ArrayList<>();
        for (KeyKind kind : KeyKind.values()) {
            List<JsonValue> entries = new ArrayList<>();
            for (KeyEntry entry : group.entries()) {
                if (entry.kind() == kind) {
                    entries.add(sorted(entry.fields()));
                }
            }
            if (!entries.isEmpty() || evenIfEmpty.contains(kind)) {
                lists.add(new JsonMember(kind.metadataName(), new JsonArray(entries)));
            }
        }
        return lists;
    }

    private static JsonMember text(String name, String value) {
        return new JsonMember(name, new JsonString(value));
    }

    /** The same object, sorted by name at every level; lists keep their order. */
    static JsonObject sorted(JsonObject object) {
        return isSorted(object) ? object
                : sorted(object.members().stream().map(member -> member.value() instanceof JsonObject inner
                        ? new JsonMember(member.name(), sorted(inner))
                        : member));
    }

    /** As most are: what was read from a file was written so. */
    private static boolean isSorted(JsonObject object) {
        String before = "";
        for (JsonMember member : object.members()) {
            if (before.compareTo(member.name()) > 0 || member.value() instanceof JsonObject inner && !isSorted(inner)) {
                return false;
            }
            before = member.name();
        }
        return true;
    }

    private static JsonObject sorted(Stream<JsonMember> members) {
        return new JsonObject(members.sorted(BY_NAME).toList());
    }
}
