package io.quarkiverse.tokenstorage.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;

/** The values of a document that a selection leaves in clear, by path. Empty strings and null tell nothing. */
final class ClearValues {

    private final ValueSelection selection;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> paths = new LinkedHashSet<>();

    ClearValues(JsonObject document, ValueSelection selection) {
        this.selection = selection;
        collect(document);
    }

    List<String> paths() {
        return List.copyOf(paths);
    }

    /** The depth is bounded by that of what the reader accepts. */
    private void collect(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (JsonMember member : object.members()) {
                path.addLast(member.name());
                collect(member.value());
                path.removeLast();
            }
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(this::collect);
        } else if (!isEmpty(value) && !selection.selects(new ArrayList<>(path))) {
            paths.add(String.join(".", path));
        }
    }

    private static boolean isEmpty(JsonValue value) {
        return value == JsonNull.NULL || value instanceof JsonString text && text.value().isEmpty();
    }
}
