package io.quarkiverse.tokenstorage.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** What there is to say about a provider's token without showing it. */
final class TokenStatus {

    private final String provider;
    private final Backend backend;
    private final Optional<AuthToken> token;
    private final Instant now;

    TokenStatus(String provider, Backend backend, Optional<AuthToken> token, Instant now) {
        this.provider = provider;
        this.backend = backend;
        this.token = token;
        this.now = now;
    }

    boolean isLoggedIn() {
        return token.isPresent() && !token.get().isExpired(now);
    }

    void print(Terminal terminal) {
        if (token.isEmpty()) {
            terminal.result(Mark.FAILURE, provider + ": not logged in");
            field(terminal, "Backend", backend.describe());
            return;
        }
        AuthToken current = token.get();
        terminal.result(isLoggedIn() ? Mark.SUCCESS : Mark.FAILURE,
                provider + ": " + (isLoggedIn() ? "logged in" : "expired" + (current.isRefreshable() ? ", refreshable" : "")));
        field(terminal, "Backend", backend.describe());
        field(terminal, "Type", current.tokenType());
        field(terminal, "Expires",
                current.expiresAt().map(moment -> moment + " (" + RelativeTime.of(moment, now) + ")").orElse("unknown"));
        field(terminal, "Refreshable", current.isRefreshable() ? "yes" : "no");
        field(terminal, "Scope", current.scope().isEmpty() ? "none" : String.join(" ", current.scope()));
    }

    /** For {@code auth providers}: everything in a few words. */
    String summary() {
        return token.isEmpty() ? "not logged in"
                : token.get().expiresAt()
                        .map(moment -> (isLoggedIn() ? "expires " : "expired ") + RelativeTime.of(moment, now))
                        .orElse("without known expiry");
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .add("provider", provider)
                .add("backend", backend.name())
                .add("status", token.isEmpty() ? "absent" : isLoggedIn() ? "valid" : "expired");
        token.ifPresent(current -> json
                .add("token_type", current.tokenType())
                .add("expires_at", current.expiresAt().<JsonValue> map(moment -> new JsonString(moment.toString()))
                        .orElse(JsonNull.NULL))
                .add("expires_in", current.expiresAt()
                        .<JsonValue> map(moment -> new JsonInteger(Duration.between(now, moment).toSeconds()))
                        .orElse(JsonNull.NULL))
                .add("refreshable", new JsonBoolean(current.isRefreshable()))
                .add("scope", JsonOutput.texts(current.scope())));
        return json.build();
    }

    static void field(Terminal terminal, String name, String value) {
        terminal.result(String.format("  %-12s %s", name + ":", value));
    }
}
