package ilove.quark.us;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.tokenstorage.AuthToken;

/** Shows what may be seen of the token. A real service would call another one with it. */
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
        return "%s token, issued %s, expires %s, for %s%n".formatted(token.tokenType(), token.issuedAt().orElseThrow(),
                token.expiresAt().orElseThrow(), String.join(" ", token.scope()));
    }

    @DELETE
    public void forget() {
        tokens.forget();
    }
}
