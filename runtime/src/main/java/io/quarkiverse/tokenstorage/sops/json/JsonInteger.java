package io.quarkiverse.tokenstorage.sops.json;

/** A number whose literal is an integer within 64 bits. */
public record JsonInteger(long value) implements JsonScalar {

    @Override
    public String toString() {
        return "integer";
    }
}
