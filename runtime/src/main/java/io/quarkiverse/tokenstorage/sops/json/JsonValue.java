package io.quarkiverse.tokenstorage.sops.json;

/** A node of a document. All implementations are immutable; none shows its content in {@code toString}. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonScalar {
}
