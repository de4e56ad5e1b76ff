package io.quarkiverse.tokenstorage.sops.value;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** Gives back to floats what is lost when another program prints a decrypted document: there 1.0 is {@code 1}, an integer. */
public final class NumberTypes {

    private NumberTypes() {
    }

    /**
     * @param plain the document as the program printed it
     * @param encrypted the same document as it was before, whose values say what they are
     */
    public static JsonObject restore(JsonObject plain, JsonObject encrypted) {
        return (JsonObject) value(plain, encrypted);
    }

    /** The depth is bounded by that of what the reader accepts. Where the two differ, the plain one counts. */
    private static JsonValue value(JsonValue plain, JsonValue encrypted) {
        if (plain instanceof JsonInteger number && encrypted instanceof JsonString text) {
            return EncryptedValue.parse(text.value()).filter(value -> value.type() == ValueType.FLOAT)
                    .<JsonValue> map(value -> new JsonFloat(number.value())).orElse(plain);
        } else if (plain instanceof JsonObject object && encrypted instanceof JsonObject other
                && object.members().size() == other.members().size()) {
            List<JsonMember> members = new ArrayList<>(object.members().size());
            for (int i = 0; i < object.members().size(); i++) {
                JsonMember member = object.members().get(i);
                members.add(new JsonMember(member.name(), value(member.value(), other.members().get(i).value())));
            }
            return new JsonObject(members);
        } else if (plain instanceof JsonArray array && encrypted instanceof JsonArray other
                && array.elements().size() == other.elements().size()) {
            List<JsonValue> elements = new ArrayList<>(array.elements().size());
            for (int i = 0; i < array.elements().size(); i++) {
                elements.add(value(array.elements().get(i), other.elements().get(i)));
            }
            return new JsonArray(elements);
        }
        return plain;
    }
}
