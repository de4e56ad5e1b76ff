package io.quarkiverse.tokenstorage.devui;

import java.util.List;

/**
 * What there is to know of one stored token without seeing it.
 *
 * @param provider its name
 * @param problem why it cannot be read; null if it can
 * @param parts the tokens it consists of: access, refresh and ID token, as far as there are such
 * @param others the names of all other members of the token response; their values may be secret
 */
public record TokenDetails(String provider, String problem, List<Part> parts, List<String> others) {

    /**
     * One token.
     *
     * @param member its name in a token response, such as {@code access_token}
     * @param length in characters
     * @param jwt what it says about itself; null if it is opaque
     */
    public record Part(String member, int length, Jwt jwt) {
    }

    /** Nothing but why the token cannot be looked into. */
    public static TokenDetails problem(String provider, String problem) {
        return new TokenDetails(provider, problem, List.of(), List.of());
    }
}
