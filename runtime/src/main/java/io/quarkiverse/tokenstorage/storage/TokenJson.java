package io.quarkiverse.tokenstorage.storage;

import java.time.Instant;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** The JSON of tokens: the stored form, and the token response of RFC 6749 section 5.1. */
public final class TokenJson {

    private TokenJson() {
    }

    /** The stored form of a token. */
    public static JsonObject write(AuthToken token) {
        throw new IllegalStateException("to come");
    }

    /**
     * The token of a stored form.
     *
     * @param location for messages
     */
    public static AuthToken read(JsonObject document, String location) {
        throw new IllegalStateException("to come");
    }

    /**
     * Reads what a person imports: a token response, whose {@code expires_in} counts from {@code now}, or a stored form.
     */
    public static AuthToken readImport(byte[] json, String location, Instant now) {
        throw new IllegalStateException("to come");
    }
}
