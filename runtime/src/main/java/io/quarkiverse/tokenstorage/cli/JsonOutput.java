package io.quarkiverse.tokenstorage.cli;

import java.util.Collection;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/** The layout of {@code --json}. */
final class JsonOutput {

    private static final int INDENT = 2;

    private JsonOutput() {
    }

    static byte[] of(JsonObject json) {
        return JsonWriter.write(json, INDENT);
    }

    static JsonArray texts(Collection<String> texts) {
        return new JsonArray(texts.stream().<JsonValue> map(JsonString::new).toList());
    }
}
