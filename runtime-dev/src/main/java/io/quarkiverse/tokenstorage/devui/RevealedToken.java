package io.quarkiverse.tokenstorage.devui;

/**
 * One token in clear, since somebody asked for it.
 *
 * @param token null if there is none
 * @param problem why not; null if there is one
 */
public record RevealedToken(String token, String problem) {

    @Override
    public String toString() {
        return "RevealedToken[" + (token == null ? problem : "a token") + "]";
    }
}
