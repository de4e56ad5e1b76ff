package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.value.AssociatedData;

/** Visits the scalars of a document in its order, depth first, and builds the document of what they become. */
final class TreeWalk {

    /** What becomes of a scalar. */
    interface Visitor {

        /** @param place valid during the call only */
        JsonScalar visit(JsonScalar scalar, boolean selected, AssociatedData place);
    }

    private final CompiledSelector selector;
    private final Visitor visitor;
    private final AssociatedData place = new AssociatedData();

    TreeWalk(CompiledSelector selector, Visitor visitor) {
        this.selector = selector;
        this.visitor = visitor;
    }

    JsonObject walk(JsonObject document) {
        return object(document, false, 1);
    }

    private JsonValue value(JsonValue value, boolean matched, int depth) {
        if (value instanceof JsonScalar scalar) {
            return visitor.visit(scalar, selector.selects(matched), place);
        }
        return value instanceof JsonObject object ? object(object, matched, depth + 1)
                : array((JsonArray) value, matched, depth + 1);
    }

    private JsonObject object(JsonObject object, boolean matched, int depth) {
        checkDepth(depth);
        List<JsonMember> members = new ArrayList<>(object.members().size());
        for (JsonMember member : object.members()) {
            int before = place.enter(member.name());
            boolean matchedHere = matched || selector.matches(member.name());
            members.add(new JsonMember(member.name(), value(member.value(), matchedHere, depth)));
            place.leave(before);
        }
        return new JsonObject(members);
    }

    private JsonArray array(JsonArray array, boolean matched, int depth) {
        checkDepth(depth);
        List<JsonValue> elements = new ArrayList<>(array.elements().size());
        for (JsonValue element : array.elements()) {
            elements.add(value(element, matched, depth));
        }
        return new JsonArray(elements);
    }

    private static void checkDepth(int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            throw new JsonException("The document is nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
    }
}
