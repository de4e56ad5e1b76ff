package io.quarkiverse.tokenstorage.devui;

import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** Takes JWTs out of claims, wherever they are in these: one that is shown whole could be used. */
final class TokenMask {

    static final String HIDDEN = "(another token, not shown)";

    /** What a JWT can be part of; whether it is one, its header tells. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_=-]++(?:\\.[A-Za-z0-9_=-]*+)++");

    private TokenMask() {
    }

    static JsonValue hide(JsonValue value) {
        if (value instanceof JsonString text) {
            return new JsonString(hide(text.value()));
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.elements().stream().map(TokenMask::hide).toList());
        }
        return value instanceof JsonObject object ? new JsonObject(object.members().stream()
                .map(member -> new JsonMember(hide(member.name()), hide(member.value()))).toList()) : value;
    }

    static String hide(String text) {
        return RUN.matcher(text).replaceAll(run -> hideRun(run.group()));
    }

    /** From the first header on, since what follows it may be its signature. */
    private static String hideRun(String run) {
        int start = 0;
        for (int dot = run.indexOf('.'); dot >= 0; dot = run.indexOf('.', start)) {
            if (JwtReader.isHeader(run.substring(start, dot))) {
                return run.substring(0, start) + HIDDEN;
            }
            start = dot + 1;
        }
        return run;
    }
}
