package io.quarkiverse.tokenstorage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider issued to a client: the members of a token response (RFC 6749 section 5.1, OpenID Connect Core section
 * 3.1.3.3), with the relative {@code expires_in} turned into a moment. Immutable and thread-safe.
 * <p>
 * Moments are kept to the second, which is the precision of the stored form. {@link #toString} shows no secret.
 */
public final class AuthToken {

    /** 9999-12-31T23:59:59Z: RFC 3339 has years of four digits. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final String accessToken;
    private final String tokenType;
    private final Instant expiresAt;
    private final String refreshToken;
    private final List<String> scope;
    private final String idToken;
    private final Instant issuedAt;
    private final Map<String, Object> metadata;

    private AuthToken(Builder builder) {
        this.accessToken = WellFormedText.require(builder.accessToken, "access_token");
        this.tokenType = WellFormedText.require(builder.tokenType, "token_type");
        this.expiresAt = toSecond(builder.expiresAt, "expires_at");
        this.refreshToken = WellFormedText.require(builder.refreshToken, "refresh_token");
        this.scope = List.copyOf(builder.scope);
        scope.forEach(value -> WellFormedText.require(value, "scope"));
        this.idToken = WellFormedText.require(builder.idToken, "id_token");
        this.issuedAt = toSecond(builder.issuedAt, "issued_at");
        this.metadata = builder.metadata;
    }

    private static Instant toSecond(Instant moment, String member) {
        if (moment == null) {
            return null;
        }
        // What the stored form cannot hold must not be stored: the next load would take it for damage
        if (moment.getEpochSecond() < 0 || moment.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException(
                    member + " is not between the years 1970 and 9999; leave it out if it is not known, or never comes");
        }
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Starts a token of type {@code Bearer} with this access token. */
    public static Builder builder(String accessToken) {
        return new Builder(accessToken);
    }

    /** A builder that starts with all values of this token. */
    public Builder toBuilder() {
        Builder builder = new Builder(accessToken);
        builder.tokenType = tokenType;
        builder.expiresAt = expiresAt;
        builder.refreshToken = refreshToken;
        builder.scope = scope;
        builder.idToken = idToken;
        builder.issuedAt = issuedAt;
        builder.metadata = metadata;
        return builder;
    }

    /** The access token; never null, never empty. */
    public String accessToken() {
        return accessToken;
    }

    /** The token type as the provider wrote it, {@code Bearer} if it wrote none; compare it ignoring case. */
    public String tokenType() {
        return tokenType;
    }

    /** The moment from which on the access token is not valid any more; empty if the provider named none. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** What a new access token can be had for; empty if the provider gave none. Never an empty text. */
    public Optional<String> refreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /** The granted scope values in the order of the response; empty, never null, if the response had none. */
    public List<String> scope() {
        return scope;
    }

    /** Who logged in, as the provider signed it (OpenID Connect Core section 2); empty if it gave none. Never an empty text. */
    public Optional<String> idToken() {
        return Optional.ofNullable(idToken);
    }

    /** The moment of the response, as far as it is known. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /**
     * All other members of the token response, in its order: values are {@code String}, {@code Long}, {@code Double},
     * {@code Boolean}, {@code null}, {@code List} and {@code Map} of these. Unmodifiable, never null. May hold secrets.
     */
    public Map<String, Object> metadata() {
        return metadata;
    }

    /** Whether the access token has expired at {@code now}. One without known expiry never has. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /**
     * Whether the access token will have expired {@code skew} after {@code now}, so that it is time to refresh it. False for
     * one without known expiry; whether a refresh is possible is {@link #isRefreshable()}.
     */
    public boolean shouldRefresh(Instant now, Duration skew) {
        // The sum of moment and skew may be beyond all moments
        return expiresAt != null && Duration.between(now, expiresAt).compareTo(skew) <= 0;
    }

    /** Whether there is a refresh token. */
    public boolean isRefreshable() {
        return refreshToken != null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthToken that && accessToken.equals(that.accessToken) && tokenType.equals(that.tokenType)
                && Objects.equals(expiresAt, that.expiresAt) && Objects.equals(refreshToken, that.refreshToken)
                && scope.equals(that.scope) && Objects.equals(idToken, that.idToken)
                && Objects.equals(issuedAt, that.issuedAt) && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return Objects.hash(accessToken, expiresAt, refreshToken);
    }

    /** For logs: type, moments, scope, and which tokens are there; neither a token nor any metadata value. */
    @Override
    public String toString() {
        return "AuthToken[" + tokenType + ", expires " + (expiresAt == null ? "unknown" : expiresAt)
                + (refreshToken == null ? "" : ", refreshable") + (idToken == null ? "" : ", with ID token")
                + ", scope " + scope + "]";
    }

    /** Collects the values of an {@link AuthToken}. Not thread-safe. */
    public static final class Builder {

        private final String accessToken;
        private String tokenType = "Bearer";
        private Instant expiresAt;
        private String refreshToken;
        private List<String> scope = List.of();
        private String idToken;
        private Instant issuedAt;
        /** Always a checked and unmodifiable copy. */
        private Map<String, Object> metadata = Map.of();

        private Builder(String accessToken) {
            if (accessToken == null || accessToken.isEmpty()) {
                throw new IllegalArgumentException("The access token is missing or empty");
            }
            this.accessToken = accessToken;
        }

        /** The token type; null or empty leaves {@code Bearer}. */
        public Builder tokenType(String tokenType) {
            this.tokenType = tokenType == null || tokenType.isEmpty() ? "Bearer" : tokenType;
            return this;
        }

        /** The moment of expiry, cut to the second; null if unknown. */
        public Builder expiresAt(Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /** The refresh token; null or empty means none. */
        public Builder refreshToken(String refreshToken) {
            this.refreshToken = emptyToNull(refreshToken);
            return this;
        }

        /** The scope values, without null; null means none. */
        public Builder scope(Collection<String> scope) {
            this.scope = scope == null ? List.of() : List.copyOf(scope);
            return this;
        }

        /** The ID token; null or empty means none. */
        public Builder idToken(String idToken) {
            this.idToken = emptyToNull(idToken);
            return this;
        }

        /** The moment of the response, cut to the second; null if unknown. */
        public Builder issuedAt(Instant issuedAt) {
            this.issuedAt = issuedAt;
            return this;
        }

        /**
         * The other members of the response; see {@link AuthToken#metadata()} for the values that it may hold. Integers of
         * any Java type are taken as {@code Long}, {@code Float} as {@code Double}.
         *
         * @throws IllegalArgumentException if a value cannot be written as JSON without loss, or a name is one that
         *         {@code AuthToken} itself holds
         */
        public Builder metadata(Map<String, ?> metadata) {
            this.metadata = metadata == null ? Map.of() : TokenMetadata.copyOf(metadata);
            return this;
        }

        /**
         * @throws IllegalArgumentException if the stored form cannot hold a value: a moment before 1970 or after 9999, text
         *         with half of a surrogate pair
         */
        public AuthToken build() {
            return new AuthToken(this);
        }

        private static String emptyToNull(String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }
}
