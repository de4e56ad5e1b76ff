package io.quarkiverse.tokenstorage.cli;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/** The layout of {@code --json}. */
final class JsonOutput {

    private static final int INDENT = 2;

    private JsonOutput() {
    }

    static byte[] of(JsonObject json) {
        return JsonWriter.write(json, INDENT);
    }
}
