package io.quarkiverse.tokenstorage.storage;

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
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** Metadata as JSON and back; the depth is bounded on both sides before this is called. */
final class MetadataJson {

    private MetadataJson() {
    }

    static JsonObject write(Map<?, ?> metadata) {
        JsonObject.Builder object = JsonObject.builder();
        metadata.forEach((name, value) -> object.add((String) name, writeValue(value)));
        return object.build();
    }

    private static JsonValue writeValue(Object value) {
        if (value == null) {
            return JsonNull.NULL;
        } else if (value instanceof String text) {
            return new JsonString(text);
        } else if (value instanceof Long number) {
            return new JsonInteger(number);
        } else if (value instanceof Double number) {
            return new JsonFloat(number);
        } else if (value instanceof Boolean truth) {
            return new JsonBoolean(truth);
        } else if (value instanceof List<?> list) {
            return new JsonArray(list.stream().map(MetadataJson::writeValue).toList());
        } else if (value instanceof Map<?, ?> map) {
            return write(map);
        }
        throw new IllegalStateException("AuthToken holds metadata of " + value.getClass());
    }

    /** A modifiable map. */
    static Map<String, Object> read(JsonObject object, String location) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (JsonMember member : object.members()) {
            if (metadata.containsKey(member.name())) {
                throw new DamagedDocumentException(location + ": the member '" + PrintableText.of(member.name())
                        + "' occurs twice in one object, so that one value would be lost");
            }
            metadata.put(member.name(), readValue(member.value(), location));
        }
        return metadata;
    }

    static Object readValue(JsonValue value, String location) {
        if (value instanceof JsonString text) {
            return text.value();
        } else if (value instanceof JsonInteger number) {
            return number.value();
        } else if (value instanceof JsonFloat number) {
            return number.value();
        } else if (value instanceof JsonBoolean truth) {
            return truth.value();
        } else if (value instanceof JsonObject object) {
            return read(object, location);
        } else if (value instanceof JsonArray array) {
            List<Object> list = new ArrayList<>();
            array.elements().forEach(element -> list.add(readValue(element, location)));
            return list;
        }
        return null;
    }
}
