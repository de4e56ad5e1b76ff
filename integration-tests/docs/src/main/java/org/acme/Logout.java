package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.TokenStorage;

/** Ends a token at its provider, then here. */
// tag::all[]
@ApplicationScoped
public class Logout {

    @Inject
    TokenStorage tokens;

    @Inject
    RevocationEndpoint endpoint;

    public void logOut(String provider) {
        tokens.update(provider, stored -> {
            stored.ifPresent(token -> endpoint.revoke(token.refreshToken().orElse(token.accessToken())));
            return Optional.empty();
        });
    }
}
// end::all[]
