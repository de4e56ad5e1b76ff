package io.quarkiverse.tokenstorage.devui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.devui.TokenDetails.Part;
import io.quarkiverse.tokenstorage.storage.TokenJson;

/** Looks into one token. Troubles are answers, so that no framework reports them together with the question. */
final class TokenAccess {

    private final TokenReader tokens;
    private final BiConsumer<String, AuthToken> opened;

    /** @param opened is told of each token that could be read */
    TokenAccess(TokenReader tokens, BiConsumer<String, AuthToken> opened) {
        this.tokens = tokens;
        this.opened = opened;
    }

    TokenDetails details(String provider) {
        try {
            return load(provider).map(token -> details(provider, token))
                    .orElseGet(() -> TokenDetails.problem(provider, "No token is stored"));
        } catch (RuntimeException e) {
            return TokenDetails.problem(provider, Outcome.reason(e));
        }
    }

    private Optional<AuthToken> load(String provider) {
        Optional<AuthToken> loaded = tokens.load(provider);
        loaded.ifPresent(token -> opened.accept(provider, token));
        return loaded;
    }

    private static TokenDetails details(String provider, AuthToken token) {
        List<Part> parts = new ArrayList<>();
        parts.add(part(TokenJson.ACCESS_TOKEN, token.accessToken()));
        token.refreshToken().ifPresent(value -> parts.add(part(TokenJson.REFRESH_TOKEN, value)));
        token.idToken().ifPresent(value -> parts.add(part(TokenJson.ID_TOKEN, value)));
        return new TokenDetails(provider, null, parts, List.copyOf(token.metadata().keySet()));
    }

    private static Part part(String member, String token) {
        return new Part(member, token.length(), JwtReader.read(token).orElse(null));
    }

    /**
     * One token itself: for a person who asked for it.
     *
     * @param member as {@link Part#member()}
     */
    RevealedToken reveal(String provider, String member) {
        try {
            Optional<String> value = load(provider).flatMap(token -> switch (member) {
                case TokenJson.ACCESS_TOKEN -> Optional.of(token.accessToken());
                case TokenJson.REFRESH_TOKEN -> token.refreshToken();
                case TokenJson.ID_TOKEN -> token.idToken();
                default -> Optional.empty();
            });
            return value.map(text -> new RevealedToken(text, null))
                    .orElseGet(() -> new RevealedToken(null, "There is no such token any more"));
        } catch (RuntimeException e) {
            return new RevealedToken(null, Outcome.reason(e));
        }
    }
}
