package io.quarkiverse.tokenstorage.devui;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/**
 * Reads tokens that happen to be JWTs (RFC 7519), for people to look at. Verifies nothing, and never passes on the
 * signature, without which the rest is of no use to anybody who sees it.
 */
final class JwtReader {

    /** No HTTP header carries a longer one. */
    private static final int LONGEST = 128 * 1024;
    private static final int MOST_CLAIMS = 200;
    private static final int LONGEST_VALUE = 2000;
    private static final int SIGNED_PARTS = 3;
    private static final int ENCRYPTED_PARTS = 5;

    /** Any escape, so that none is looked for inside of another; with a group if it is not needed. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(003c|003e|0026)|.)");

    private JwtReader() {
    }

    /** Empty if the token is none: opaque, cut, or beyond all measure. */
    static Optional<Jwt> read(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != SIGNED_PARTS && parts.length != ENCRYPTED_PARTS) {
            return Optional.empty();
        }
        Optional<JsonObject> header = json(parts[0]).filter(JwtReader::isHeader);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        List<Claim> headerClaims = claims(header.get());
        if (parts.length == ENCRYPTED_PARTS) {
            return Optional.of(new Jwt(headerClaims, List.of(), "Encrypted: only its receiver can read the claims"));
        }
        return json(parts[1]).map(claims -> new Jwt(headerClaims, claims(claims), parts[2].isEmpty() ? "Bears no signature"
                : "The signature is not shown and was not verified"));
    }

    static boolean isHeader(String part) {
        return json(part).filter(JwtReader::isHeader).isPresent();
    }

    /** Every JWT names its algorithm (RFC 7515 section 4.1.1). */
    private static boolean isHeader(JsonObject header) {
        return header.get("alg").filter(JsonString.class::isInstance).isPresent();
    }

    private static Optional<JsonObject> json(String part) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(part);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            return Optional.of(JsonReader.read(json, "the token"));
        } catch (IllegalArgumentException | CharacterCodingException | JsonException e) {
            return Optional.empty();
        }
    }

    private static List<Claim> claims(JsonObject object) {
        List<Claim> claims = new ArrayList<>();
        for (JsonMember member : object.members()) {
            if (claims.size() == MOST_CLAIMS) {
                claims.add(new Claim("…", null, (object.members().size() - MOST_CLAIMS) + " more", null));
                break;
            }
            claims.add(
                    new Claim(cut(TokenMask.hide(member.name())), ClaimNames.meaning(member.name()), cut(text(member.value())),
                            ClaimNames.isMoment(member.name()) ? moment(member.value()) : null));
        }
        return claims;
    }

    private static Long moment(JsonValue value) {
        double seconds = value instanceof JsonInteger integer ? integer.value()
                : value instanceof JsonFloat number ? number.value() : -1;
        return seconds < 0 || seconds > Rfc3339.LAST_SECOND ? null : (Long) (long) (seconds * 1000);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString text) {
            return TokenMask.hide(text.value());
        }
        return unescaped(new String(JsonWriter.writeValue(TokenMask.hide(value), 0), StandardCharsets.UTF_8));
    }

    /** The writer escapes what HTML would take for markup, which the pages do themselves. */
    private static String unescaped(String json) {
        return ESCAPE.matcher(json).replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) == null ? escape.group()
                : Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_VALUE) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1));
        return text.substring(0, splitsPair ? LONGEST_VALUE - 1 : LONGEST_VALUE) + "…";
    }
}
