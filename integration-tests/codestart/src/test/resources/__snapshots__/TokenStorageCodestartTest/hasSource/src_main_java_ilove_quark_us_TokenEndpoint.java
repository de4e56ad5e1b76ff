package ilove.quark.us;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.tokenstorage.AuthToken;

/** Stands for the token endpoint of your provider, and makes tokens up. Call the real one here. */
@ApplicationScoped
public class TokenEndpoint {

    /**
     * What the endpoint answers to this refresh token or, where there is none yet, to a first login. An answer of the real one
     * without a refresh token means that this one goes on.
     */
    public AuthToken issue(Optional<String> refreshToken) {
        Instant now = Instant.now();
        return AuthToken.builder("access-" + UUID.randomUUID())
                .refreshToken("refresh-" + UUID.randomUUID())
                .issuedAt(now)
                .expiresAt(now.plusSeconds(300))
                .scope(List.of("openid", "profile"))
                .build();
    }
}
