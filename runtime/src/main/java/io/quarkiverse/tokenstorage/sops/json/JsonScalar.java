package io.quarkiverse.tokenstorage.sops.json;

/** A leaf of a document. */
public sealed interface JsonScalar extends JsonValue permits JsonString, JsonInteger, JsonFloat, JsonBoolean, JsonNull {
}
