package org.acme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenImport;

/** Gives the access token of one provider, and refreshes it when it is time. */
// tag::all[]
@ApplicationScoped
public class Corporate {

    private static final Duration SKEW = Duration.ofSeconds(30);

    @Inject
    TokenStorage tokens;

    @Inject
    TokenEndpoint endpoint;

    public String accessToken() {
        return tokens.load("corporate").filter(Corporate::isFresh)
                .or(() -> tokens.update("corporate", this::refreshed))
                .orElseThrow(() -> new IllegalStateException("Nobody has logged in to corporate")).accessToken();
    }

    /** Looks again: another thread or process may have been faster. */
    private Optional<AuthToken> refreshed(Optional<AuthToken> stored) {
        return stored.filter(Corporate::isFresh).or(() -> stored.map(this::refresh));
    }

    private AuthToken refresh(AuthToken spent) {
        String refreshToken = spent.refreshToken().orElseThrow(() -> new IllegalStateException("Log in to corporate again"));
        AuthToken fresh = new TokenImport(Clock.systemUTC()).read(endpoint.refresh(refreshToken), "The token endpoint");
        // A provider that sends no new refresh token means that the old one goes on
        return fresh.isRefreshable() ? fresh : fresh.toBuilder().refreshToken(refreshToken).build();
    }

    private static boolean isFresh(AuthToken token) {
        return !token.shouldRefresh(Instant.now(), SKEW);
    }
}
// end::all[]
