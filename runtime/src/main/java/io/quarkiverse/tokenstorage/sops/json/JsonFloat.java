package io.quarkiverse.tokenstorage.sops.json;

/** Every other number; always finite. */
public record JsonFloat(double value) implements JsonScalar {

    public JsonFloat {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no infinite number and no NaN");
        }
    }

    @Override
    public String toString() {
        return "float";
    }
}
