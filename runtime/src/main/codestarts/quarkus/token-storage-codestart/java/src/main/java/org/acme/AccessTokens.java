package org.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;

/** The token of one provider: the stored one, or a new one when that is about to expire. */
@ApplicationScoped
public class AccessTokens {

    private static final String PROVIDER = "acme";
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final TokenStorage storage;
    private final TokenEndpoint endpoint;

    public AccessTokens(TokenStorage storage, TokenEndpoint endpoint) {
        this.storage = storage;
        this.endpoint = endpoint;
    }

    public AuthToken current() {
        return storage.load(PROVIDER).filter(AccessTokens::lastsLongEnough).orElseGet(this::refreshed);
    }

    public boolean forget() {
        return storage.delete(PROVIDER);
    }

    /** Under the provider's lock: of all threads and processes that come here at once, one spends the refresh token. */
    private AuthToken refreshed() {
        return storage.update(PROVIDER, stored -> stored.filter(AccessTokens::lastsLongEnough)
                .or(() -> Optional.of(endpoint.issue(stored.flatMap(AuthToken::refreshToken)))))
                .orElseThrow();
    }

    private static boolean lastsLongEnough(AuthToken token) {
        return !token.shouldRefresh(Instant.now(), SKEW);
    }
}
