package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;

@Path("/session")
public class SessionResource {

    @Inject
    TokenStorage tokens;

    @PUT
    public void keep(String accessToken) {
        tokens.save("acme", AuthToken.builder(accessToken).build());
    }

    @GET
    public String show() {
        return tokens.load("acme").map(AuthToken::toString).orElse("not logged in");
    }
}
