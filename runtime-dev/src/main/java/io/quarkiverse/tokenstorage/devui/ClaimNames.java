package io.quarkiverse.tokenstorage.devui;

import java.util.Map;
import java.util.Set;

/** What the registered names of headers and claims mean. */
final class ClaimNames {

    /** RFC 7515 section 4.1, RFC 7519 section 4.1, RFC 9068 section 2.2, OpenID Connect Core sections 2 and 5.1. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("alg", "algorithm of the signature"),
            Map.entry("enc", "encryption of the content"),
            Map.entry("typ", "type"),
            Map.entry("cty", "type of the content"),
            Map.entry("kid", "key"),
            Map.entry("iss", "issuer"),
            Map.entry("sub", "subject"),
            Map.entry("aud", "audience"),
            Map.entry("exp", "expires"),
            Map.entry("nbf", "not valid before"),
            Map.entry("iat", "issued"),
            Map.entry("jti", "token ID"),
            Map.entry("azp", "authorized party"),
            Map.entry("client_id", "client"),
            Map.entry("scope", "scopes"),
            Map.entry("auth_time", "authenticated"),
            Map.entry("acr", "authentication class"),
            Map.entry("amr", "authentication methods"),
            Map.entry("nonce", "value of the request"),
            Map.entry("at_hash", "hash of the access token"),
            Map.entry("c_hash", "hash of the code"),
            Map.entry("sid", "session"),
            Map.entry("updated_at", "profile updated"));

    private static final Set<String> MOMENTS = Set.of("exp", "nbf", "iat", "auth_time", "updated_at");

    private ClaimNames() {
    }

    /** Null if the name is not a registered one. */
    static String meaning(String name) {
        return MEANINGS.get(name);
    }

    static boolean isMoment(String name) {
        return MOMENTS.contains(name);
    }
}
