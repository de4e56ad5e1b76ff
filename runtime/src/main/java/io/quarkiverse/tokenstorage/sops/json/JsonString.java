package io.quarkiverse.tokenstorage.sops.json;

import java.util.Objects;

/** A string, unescaped. */
public record JsonString(String value) implements JsonScalar {

    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return "string";
    }
}
