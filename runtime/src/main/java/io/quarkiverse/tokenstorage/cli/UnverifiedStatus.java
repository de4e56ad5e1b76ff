package io.quarkiverse.tokenstorage.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkiverse.tokenstorage.storage.UnverifiedToken;

/**
 * What there is to say about a token that no key at hand opens, as far as its file has it in clear. It is neither logged in
 * nor not: nobody knows whether these values are those that were saved.
 */
final class UnverifiedStatus {

    private final String provider;
    private final Backend backend;
    private final UnverifiedToken token;
    private final Instant now;

    private UnverifiedStatus(String provider, Backend backend, UnverifiedToken token, Instant now) {
        this.provider = provider;
        this.backend = backend;
        this.token = token;
        this.now = now;
    }

    /** @throws DataKeyUnavailableException the given one, if the file shows nothing */
    static UnverifiedStatus orThrow(DataKeyUnavailableException failure, String provider, StorageSettings settings,
            Instant now) {
        Backend backend = new Backend(settings, provider);
        if (!backend.name().equals(BuiltInBackends.SOPS)) {
            throw failure;
        }
        try (SopsTokenStorage storage = TokenStorages.sops(settings.sopsDirectory(), settings.options())) {
            UnverifiedToken token = storage.inspect(provider).filter(UnverifiedToken::showsSomething)
                    .orElseThrow(() -> failure);
            return new UnverifiedStatus(provider, backend, token, now);
        }
    }

    void print(Terminal terminal) {
        terminal.result(Mark.WARNING, provider + ": not verified, no key opens the token");
        TokenStatus.field(terminal, "Backend", backend.describe());
        TokenStatus.field(terminal, "Type", shown("token_type", token.tokenType()));
        TokenStatus.field(terminal, "Expires",
                shown("expires_at", token.expiresAt().map(moment -> moment + " (" + RelativeTime.of(moment, now) + ")")));
        TokenStatus.field(terminal, "Refreshable", token.refreshable() ? "yes" : "no");
        TokenStatus.field(terminal, "Scope",
                shown("scope", token.scope().map(list -> list.isEmpty() ? "none" : String.join(" ", list))));
    }

    private String shown(String member, Optional<String> value) {
        return value.orElse(token.encrypted().contains(member) ? "encrypted" : "unknown");
    }

    /** For {@code auth providers}: everything in a few words. */
    String summary() {
        return "not verified, no key: " + token.expiresAt()
                .map(moment -> (moment.isAfter(now) ? "expires " : "expired ") + RelativeTime.of(moment, now))
                .orElse(token.encrypted().contains("expires_at") ? "expiry encrypted" : "without known expiry");
    }

    /** What is encrypted is left out, what is known to be absent is null. */
    JsonObject json(String reason) {
        JsonObject.Builder json = JsonObject.builder().add("provider", provider).add("backend", backend.name())
                .add("status", "unverified").add("detail", reason);
        token.tokenType().ifPresent(type -> json.add("token_type", type));
        if (!token.encrypted().contains("expires_at")) {
            json.add("expires_at", token.expiresAt().<JsonValue> map(moment -> new JsonString(moment.toString()))
                    .orElse(JsonNull.NULL));
            json.add("expires_in", token.expiresAt()
                    .<JsonValue> map(moment -> new JsonInteger(Duration.between(now, moment).toSeconds()))
                    .orElse(JsonNull.NULL));
        }
        json.add("refreshable", new JsonBoolean(token.refreshable()));
        token.scope().ifPresent(scope -> json.add("scope", JsonOutput.texts(scope)));
        return json.build();
    }
}
