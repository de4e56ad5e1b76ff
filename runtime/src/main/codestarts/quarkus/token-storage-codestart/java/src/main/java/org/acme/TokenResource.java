package org.acme;

import java.time.Instant;
import java.util.Optional;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.tokenstorage.AuthToken;

/**
 * Shows what may be seen of the token. A real service would call another one with it, and would not let everybody in: this
 * endpoint is open to all who reach its port, who can also have the token forgotten. Protect yours, for example with
 * {@code @Authenticated} of Quarkus Security.
 */
@Path("/token")
public class TokenResource {

    private final AccessTokens tokens;

    public TokenResource(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String show() {
        AuthToken token = tokens.current();
        return "%s token, issued %s, expires %s, for %s%n".formatted(token.tokenType(), shown(token.issuedAt()),
                shown(token.expiresAt()), String.join(" ", token.scope()));
    }

    @DELETE
    public void forget() {
        if (!tokens.forget()) {
            throw new NotFoundException();
        }
    }

    /** A provider need not tell, for example by an answer without {@code expires_in}. */
    private static String shown(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse("nobody knows when");
    }
}
