package io.quarkiverse.tokenstorage.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** The members of a token's JSON, taken one by one with a check of their type; what is left over is metadata. */
final class TokenMembers {

    private final String location;
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    TokenMembers(JsonObject document, String location) {
        this.location = location;
        for (JsonMember member : document.members()) {
            if (members.put(member.name(), member.value()) != null) {
                throw damaged(member.name(), "occurs twice");
            }
        }
    }

    String location() {
        return location;
    }

    void skip(String name) {
        members.remove(name);
    }

    boolean has(String name) {
        return members.get(name) != null && members.get(name) != JsonNull.NULL;
    }

    boolean hasObject(String name) {
        return members.get(name) instanceof JsonObject;
    }

    String requiredText(String name) {
        String text = text(name).orElseThrow(() -> damaged(name, "is missing"));
        if (text.isEmpty()) {
            throw damaged(name, "is empty");
        }
        return text;
    }

    Optional<String> text(String name) {
        JsonValue value = members.remove(name);
        if (value == null || value == JsonNull.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.value());
        }
        throw damaged(name, "is not a string");
    }

    /** An RFC 3339 time (UTC if it names no zone), or seconds or milliseconds since 1970 as number or as string. */
    Optional<Instant> moment(String name) {
        JsonValue value = members.remove(name);
        if (value == null || value == JsonNull.NULL) {
            return Optional.empty();
        }
        return Optional.of(moment(value).orElseThrow(
                () -> damaged(name, "is neither an RFC 3339 time such as 2026-01-03T15:30:00Z nor epoch seconds")));
    }

    private static Optional<Instant> moment(JsonValue value) {
        if (value instanceof JsonString text) {
            return TokenTime.isNumber(text.value()) ? TokenTime.ofEpoch(Long.parseLong(text.value()))
                    : TokenTime.parse(text.value());
        }
        if (value instanceof JsonInteger number) {
            return TokenTime.ofEpoch(number.value());
        }
        return value instanceof JsonFloat number ? TokenTime.ofEpoch(number.value()) : Optional.empty();
    }

    /** Whether there is such a member, and nobody can say which moment it means. */
    boolean hasUnknownMoment(String name) {
        return has(name) && moment(members.get(name)).isEmpty();
    }

    /** A number of seconds, as number or (as some providers send it) as string. */
    Optional<Long> seconds(String name) {
        JsonValue value = members.remove(name);
        if (value == null || value == JsonNull.NULL) {
            return Optional.empty();
        }
        Optional<Long> seconds = Optional.empty();
        if (value instanceof JsonInteger number) {
            seconds = Optional.of(number.value());
        } else if (value instanceof JsonFloat number) {
            seconds = Optional.of((long) number.value());
        } else if (value instanceof JsonString text && TokenTime.isNumber(text.value())) {
            seconds = Optional.of(Long.parseLong(text.value()));
        }
        return Optional.of(seconds.filter(number -> number >= 0 && number <= TokenTime.LONGEST_LIFETIME_SECONDS)
                .orElseThrow(() -> damaged(name, "is not a number of seconds between 0 and a hundred years")));
    }

    /** A list of strings, or one string of values separated by spaces (RFC 6749 section 3.3). */
    List<String> scope(String name) {
        JsonValue value = members.remove(name);
        List<String> scope = new ArrayList<>();
        if (value instanceof JsonString text) {
            for (String part : text.value().split(" ")) {
                if (!part.isEmpty()) {
                    scope.add(part);
                }
            }
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (!(element instanceof JsonString text)) {
                    throw damaged(name, "has an element that is not a string");
                }
                scope.add(text.value());
            }
        } else if (value != null && value != JsonNull.NULL) {
            throw damaged(name, "is neither a string nor a list of strings");
        }
        return scope;
    }

    /** A modifiable map; empty if there is no such member. */
    Map<String, Object> object(String name) {
        JsonValue value = members.remove(name);
        if (value == null || value == JsonNull.NULL) {
            return new LinkedHashMap<>();
        }
        if (value instanceof JsonObject object) {
            return MetadataJson.read(object, location);
        }
        throw damaged(name, "is not an object");
    }

    /** All members that have not been taken. */
    Map<String, Object> others() {
        Map<String, Object> others = new LinkedHashMap<>();
        members.forEach((name, value) -> others.put(name, MetadataJson.readValue(value, location)));
        return others;
    }

    AuthToken build(AuthToken.Builder token, Map<String, Object> metadata) {
        try {
            return token.metadata(metadata).build();
        } catch (IllegalArgumentException e) {
            // its message names a member or a limit, no value
            throw new DamagedDocumentException(location + ": " + e.getMessage());
        }
    }

    DamagedDocumentException damaged(String name, String what) {
        return new DamagedDocumentException(location + ": the member '" + PrintableText.of(name) + "' " + what);
    }
}
