package io.quarkiverse.tokenstorage.devui;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.TokenDetails.Part;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.quarkiverse.tokenstorage.storage.TokenJson;
import io.quarkiverse.tokenstorage.store.ProviderName;

/** What can be done with one token. Troubles are answers, so that no framework reports them together with the question. */
final class TokenAccess {

    /** No provider answers with a longer response. */
    private static final int LONGEST_IMPORT = 1024 * 1024;

    private final TokenReader tokens;
    private final TokenStorage storage;
    private final BiConsumer<String, AuthToken> opened;
    private final Clock clock;

    /** @param opened is told of each token that could be read */
    TokenAccess(TokenReader tokens, TokenStorage storage, BiConsumer<String, AuthToken> opened, Clock clock) {
        this.tokens = tokens;
        this.storage = storage;
        this.opened = opened;
        this.clock = clock;
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
    Revelation reveal(String provider, String member) {
        try {
            Optional<String> value = load(provider).flatMap(token -> switch (member) {
                case TokenJson.ACCESS_TOKEN -> Optional.of(token.accessToken());
                case TokenJson.REFRESH_TOKEN -> token.refreshToken();
                case TokenJson.ID_TOKEN -> token.idToken();
                default -> Optional.empty();
            });
            return value.map(text -> new Revelation(text, null))
                    .orElseGet(() -> new Revelation(null, "There is no such token any more"));
        } catch (RuntimeException e) {
            return new Revelation(null, Outcome.reason(e));
        }
    }

    /** Removes a token, readable or not. */
    Outcome delete(String provider) {
        try {
            return storage.delete(provider) ? Outcome.done("Removed the token of " + provider)
                    : new Outcome(false, "There was no token of " + provider + " any more");
        } catch (RuntimeException e) {
            return Outcome.failed(e);
        }
    }

    /** Stores a token response that a person pasted, in place of what was there. */
    Outcome importToken(String provider, String response) {
        try {
            ProviderName.require(provider);
            byte[] json = response.strip().getBytes(StandardCharsets.UTF_8);
            if (json.length > LONGEST_IMPORT) {
                throw new StorageAccessException("The pasted text is too large for a token response: more than "
                        + LONGEST_IMPORT + " bytes");
            }
            AuthToken token = new TokenImport(clock).read(json, "The pasted text");
            storage.save(provider, token);
            return Outcome.done("Stored the token of " + provider
                    + (token.isExpired(clock.instant()) ? "; it has expired already" : ""));
        } catch (RuntimeException e) {
            return Outcome.failed(e);
        }
    }
}
