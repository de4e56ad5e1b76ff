package io.quarkiverse.tokenstorage.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/**
 * The stored form of tokens: one object with always the same eight members, {@code null} where the token has no such value.
 * Error messages name the member, never its value.
 */
public final class TokenJson {

    public static final String ACCESS_TOKEN = "access_token";
    public static final String TOKEN_TYPE = "token_type";
    public static final String EXPIRES_AT = "expires_at";
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String SCOPE = "scope";
    public static final String ID_TOKEN = "id_token";
    public static final String ISSUED_AT = "issued_at";
    public static final String METADATA = "metadata";

    /** The members that are secrets: whoever holds one acts as, or learns about, the user. */
    public static final List<String> TOKENS = List.of(ACCESS_TOKEN, REFRESH_TOKEN, ID_TOKEN);

    private TokenJson() {
    }

    public static JsonObject write(AuthToken token) {
        return JsonObject.builder()
                .add(ACCESS_TOKEN, token.accessToken())
                .add(TOKEN_TYPE, token.tokenType())
                .add(EXPIRES_AT, moment(token.expiresAt()))
                .add(REFRESH_TOKEN, text(token.refreshToken()))
                .add(SCOPE, new JsonArray(token.scope().stream().<JsonValue> map(JsonString::new).toList()))
                .add(ID_TOKEN, text(token.idToken()))
                .add(ISSUED_AT, moment(token.issuedAt()))
                .add(METADATA, MetadataJson.write(token.metadata()))
                .build();
    }

    private static JsonValue text(Optional<String> text) {
        return text.<JsonValue> map(JsonString::new).orElse(JsonNull.NULL);
    }

    private static JsonValue moment(Optional<Instant> moment) {
        return text(moment.map(Instant::toString));
    }

    /**
     * Reads a stored form. Members that this version does not know become metadata, so that nothing is lost when a token
     * that another program wrote is saved again.
     *
     * @param location the name of the file, for messages
     * @throws DamagedDocumentException if a member is missing or of the wrong type
     */
    public static AuthToken read(JsonObject document, String location) {
        TokenMembers members = new TokenMembers(document, location);
        AuthToken.Builder token = AuthToken.builder(members.requiredText(ACCESS_TOKEN));
        token.tokenType(members.text(TOKEN_TYPE).orElse(null));
        token.expiresAt(members.moment(EXPIRES_AT).orElse(null));
        token.refreshToken(members.text(REFRESH_TOKEN).orElse(null));
        token.scope(members.scope(SCOPE));
        token.idToken(members.text(ID_TOKEN).orElse(null));
        token.issuedAt(members.moment(ISSUED_AT).orElse(null));
        Map<String, Object> metadata = members.object(METADATA);
        metadata.putAll(members.others());
        return members.build(token, metadata);
    }

    /** A stored form with nothing but its metadata, which has the same path there as in the whole. */
    public static JsonObject metadataAlone(JsonObject document) {
        JsonObject.Builder alone = JsonObject.builder();
        document.get(METADATA).ifPresent(metadata -> alone.add(METADATA, metadata));
        return alone.build();
    }

    /** The members of {@code document} that are tokens and not empty. */
    static List<String> tokensIn(JsonObject document) {
        List<String> present = new ArrayList<>();
        for (String name : TOKENS) {
            if (document.get(name).filter(value -> value instanceof JsonString text && !text.value().isEmpty()).isPresent()) {
                present.add(name);
            }
        }
        return present;
    }
}
