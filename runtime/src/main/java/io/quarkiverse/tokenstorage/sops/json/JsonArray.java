package io.quarkiverse.tokenstorage.sops.json;

import java.util.List;

/** An array; unmodifiable. */
public record JsonArray(List<JsonValue> elements) implements JsonValue {

    public JsonArray {
        elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
        return "array of " + elements.size();
    }
}
