package io.quarkiverse.tokenstorage.sops.json;

import java.util.Objects;

/** A member of an object. */
public record JsonMember(String name, JsonValue value) {

    public JsonMember {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
