package org.acme;

// tag::all[]
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenImport;

/** The access token of one provider, refreshed in time. */
@ApplicationScoped
public class Corporate {

    private static final Duration SKEW = Duration.ofSeconds(30);

    @Inject
    TokenStorage tokens;

    @Inject
    TokenEndpoint endpoint;

    /** The first login. */
    public void logIn() {
        tokens.save("corporate", token(endpoint.logIn()));
    }

    public String accessToken() {
        return tokens.load("corporate").filter(Corporate::isFresh)
                .or(() -> tokens.update("corporate", this::refreshed))
                .orElseThrow(() -> new IllegalStateException("Nobody has logged in to corporate")).accessToken();
    }

    /** Looks again: another thread or process may have been faster. */
    private Optional<AuthToken> refreshed(Optional<AuthToken> stored) {
        return stored.filter(Corporate::isFresh).or(() -> stored.map(this::refresh));
    }

    private AuthToken refresh(AuthToken expired) {
        Optional<String> refreshToken = expired.refreshToken();
        // Client credentials usually come without a refresh token: then log in again
        AuthToken fresh = token(refreshToken.map(endpoint::refresh).orElseGet(endpoint::logIn));
        // A response without a refresh token means that the old one remains valid
        return fresh.isRefreshable() ? fresh : fresh.toBuilder().refreshToken(refreshToken.orElse(null)).build();
    }

    private static AuthToken token(byte[] response) {
        return new TokenImport(Clock.systemUTC()).read(response, "The token response");
    }

    private static boolean isFresh(AuthToken token) {
        return !token.shouldRefresh(Instant.now(), SKEW);
    }
}
// end::all[]
