package org.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;

/**
 * A refresh in one statement.
 *
 * @param provider takes the refresh token to the token endpoint, and returns the new token
 */
record Refreshing(TokenStorage tokens, Function<String, AuthToken> provider) {

    Optional<AuthToken> current() {
        // tag::update[]
        Optional<AuthToken> current = tokens.update("corporate", stored -> stored
                .filter(token -> !token.shouldRefresh(Instant.now(), Duration.ofSeconds(30)))
                .or(() -> stored.flatMap(AuthToken::refreshToken).map(provider)));
        // end::update[]
        return current;
    }
}
