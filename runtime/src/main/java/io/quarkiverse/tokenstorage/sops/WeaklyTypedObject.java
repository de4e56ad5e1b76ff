package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.json.ShortestDecimal;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * An object of the {@code sops} block read with the tolerance of sops, whose mapping library is set to weak typing
 * ({@code stores/metadata.go}): names in any case, null for the default, numbers for strings and the other way round, one
 * object for a list of one. Of members with the same name the last counts.
 */
final class WeaklyTypedObject {

    private final JsonObject object;
    private final String where;

    /** @param where document and path, for messages */
    WeaklyTypedObject(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    JsonObject json() {
        return object;
    }

    String where() {
        return where;
    }

    private JsonValue find(String name) {
        JsonValue similar = JsonNull.NULL;
        JsonValue exact = null;
        for (JsonMember member : object.members()) {
            if (member.name().equals(name)) {
                exact = member.value();
            } else if (member.name().equalsIgnoreCase(name)) {
                similar = member.value();
            }
        }
        return exact != null ? exact : similar;
    }

    /** Empty if absent. */
    String text(String name) {
        return text(new JsonMember(name, find(name)));
    }

    private String text(JsonMember member) {
        JsonValue value = member.value();
        if (value instanceof JsonString string) {
            return string.value();
        } else if (value instanceof JsonInteger integer) {
            return Long.toString(integer.value());
        } else if (value instanceof JsonFloat number) {
            return ShortestDecimal.positional(number.value());
        } else if (value instanceof JsonBoolean bool) {
            return bool.value() ? "1" : "0";
        } else if (value instanceof JsonNull) {
            return "";
        }
        throw wrong(PrintableText.of(member.name()), "a string");
    }

    /** False if absent. */
    boolean flag(String name) {
        JsonValue value = find(name);
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        } else if (value instanceof JsonInteger integer) {
            return integer.value() != 0;
        } else if (value instanceof JsonFloat number) {
            return number.value() != 0;
        } else if (value instanceof JsonNull) {
            return false;
        } else if (value instanceof JsonString string) {
            switch (string.value()) {
                case "1", "t", "T", "TRUE", "true", "True":
                    return true;
                case "", "0", "f", "F", "FALSE", "false", "False":
                    return false;
                default:
            }
        }
        throw wrong(name, "a boolean");
    }

    /** A number that is not negative; 0 if absent. */
    int count(String name) {
        String text = text(name);
        try {
            int number = text.isEmpty() ? 0 : Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below; the exception quotes the text
        }
        throw wrong(name, "a small number");
    }

    /**
     * The objects of a list; none if it is absent.
     *
     * @param most how many there may be
     * @param what they are, for the message if there are more
     */
    List<WeaklyTypedObject> objects(String name, int most, String what) {
        JsonValue value = find(name);
        String path = where + "." + name;
        if (value instanceof JsonNull || value instanceof JsonString string && string.value().isEmpty()
                || value instanceof JsonObject empty && empty.members().isEmpty()) {
            return List.of();
        } else if (value instanceof JsonObject single) {
            return List.of(new WeaklyTypedObject(single, path));
        } else if (value instanceof JsonArray array) {
            if (array.elements().size() > most) {
                throw new DamagedDocumentException(path + ": the document has more than " + most + " " + what);
            }
            List<WeaklyTypedObject> objects = new ArrayList<>(array.elements().size());
            for (JsonValue element : array.elements()) {
                if (!(element instanceof JsonObject one)) {
                    throw wrong(name + "[" + objects.size() + "]", "an object");
                }
                objects.add(new WeaklyTypedObject(one, path + "[" + objects.size() + "]"));
            }
            return objects;
        }
        throw wrong(name, "a list of objects");
    }

    /** The members of an object of texts; none if it is absent. */
    Map<String, String> texts(String name) {
        JsonValue value = find(name);
        if (value instanceof JsonNull || value instanceof JsonString string && string.value().isEmpty()) {
            return Map.of();
        } else if (value instanceof JsonObject map) {
            WeaklyTypedObject texts = new WeaklyTypedObject(map, where + "." + name);
            Map<String, String> result = new LinkedHashMap<>();
            map.members().forEach(member -> result.put(member.name(), texts.text(member)));
            return result;
        }
        throw wrong(name, "an object of strings");
    }

    DamagedDocumentException wrong(String name, String expected) {
        return new DamagedDocumentException(where + "." + name + " is not " + expected);
    }
}
