package io.quarkiverse.tokenstorage.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/**
 * Reads what people have at hand when they import a token: a token response (RFC 6749 section 5.1), whose
 * {@code expires_in} counts from now, or a token in its stored form.
 */
public final class TokenImport {

    /** Token responses are a few KiB; one with large ID tokens and entitlements stays well below. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = Logger.getLogger(TokenImport.class);
    private static final String EXPIRES_IN = "expires_in";

    private final Clock clock;

    public TokenImport(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param json the whole input
     * @param location where it comes from, for messages
     * @throws DamagedDocumentException if it is neither form, or a number in it cannot be kept without loss; the message
     *         names line or member, never a value
     */
    public AuthToken read(byte[] json, String location) {
        JsonObject document = parse(json, location);
        TokenMembers members = new TokenMembers(document, location);
        if (members.has("sops")) {
            throw new DamagedDocumentException(location
                    + " is encrypted with SOPS: decrypt it first, or put it into the token directory as it is");
        }
        if (!members.has(TokenJson.ACCESS_TOKEN) && members.has("error")) {
            throw new DamagedDocumentException(
                    location + " is an error response of the provider (RFC 6749 section 5.2), not a token response");
        }
        if (!members.has(EXPIRES_IN) && members.hasObject(TokenJson.METADATA)) {
            return TokenJson.read(document, location);
        }
        return readResponse(members);
    }

    private static JsonObject parse(byte[] json, String location) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            return JsonReader.readExact(json, location);
        } catch (CharacterCodingException e) {
            throw new DamagedDocumentException(location + " is not UTF-8, so that some character would be lost");
        } catch (JsonException e) {
            throw new DamagedDocumentException(e.getMessage());
        }
    }

    private AuthToken readResponse(TokenMembers members) {
        Instant now = clock.instant();
        AuthToken.Builder token = AuthToken.builder(members.requiredText(TokenJson.ACCESS_TOKEN));
        token.tokenType(members.text(TokenJson.TOKEN_TYPE).orElse(null));
        token.refreshToken(members.text(TokenJson.REFRESH_TOKEN).orElse(null));
        token.scope(members.scope(TokenJson.SCOPE));
        token.idToken(members.text(TokenJson.ID_TOKEN).orElse(null));
        Instant issuedAt = issuedAt(members).orElse(now);
        token.issuedAt(issuedAt);
        Instant fromLifetime = members.seconds(EXPIRES_IN).map(issuedAt::plusSeconds).orElse(null);
        token.expiresAt(members.moment(TokenJson.EXPIRES_AT).orElse(fromLifetime));
        Map<String, Object> metadata = members.others();
        return members.build(token, metadata);
    }

    /** No standard says what it is in a response, and a token without it serves as well. */
    private static Optional<Instant> issuedAt(TokenMembers members) {
        if (members.hasUnknownMoment(TokenJson.ISSUED_AT)) {
            LOG.warnf("%s: the member '%s' is no moment that is understood; the token counts as issued now", members.location(),
                    TokenJson.ISSUED_AT);
            members.skip(TokenJson.ISSUED_AT);
        }
        return members.moment(TokenJson.ISSUED_AT);
    }
}
