package io.quarkiverse.tokenstorage.sops.json;

/** {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements JsonScalar {

    @Override
    public String toString() {
        return "boolean";
    }
}
