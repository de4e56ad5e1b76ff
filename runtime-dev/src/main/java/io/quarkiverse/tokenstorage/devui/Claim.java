package io.quarkiverse.tokenstorage.devui;

/**
 * A member of the header or the claims of a JWT.
 *
 * @param name as it stands there
 * @param meaning of registered names, for people; null for others
 * @param value text as it is, anything else as JSON; cut if it is very long
 * @param moment if it is one (NumericDate, RFC 7519 section 2), in milliseconds since 1970; else null
 */
public record Claim(String name, String meaning, String value, Long moment) {
}
