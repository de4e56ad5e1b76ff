package io.quarkiverse.tokenstorage.sops.json;

/** {@code null}. */
public enum JsonNull implements JsonScalar {
    NULL
}
