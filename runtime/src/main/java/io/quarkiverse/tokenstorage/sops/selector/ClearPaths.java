package io.quarkiverse.tokenstorage.sops.selector;

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

/** What a selection leaves in clear that tells something: empty strings and {@code null} do not, selected or not. */
public final class ClearPaths {

    private final ValueSelection selection;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> paths = new LinkedHashSet<>();

    private ClearPaths(ValueSelection selection) {
        this.selection = selection;
    }

    /**
     * The values that stay readable.
     *
     * @return for each the member names from the root, with dots between them, once and in the order of the document; as they
     *         are written there, control characters included. Empty if all is encrypted
     */
    public static List<String> of(JsonObject document, ValueSelection selection) {
        ClearPaths clear = new ClearPaths(selection);
        clear.collect(document);
        return List.copyOf(clear.paths);
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
