package io.quarkiverse.tokenstorage.devui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** Takes JWTs out of claims, wherever they are in these: one that is shown whole could be used. */
final class TokenMask {

    static final String HIDDEN = "(another token, not shown)";

    /** What a JWT can be part of; whether it is one, its header tells. In addresses dots may be escaped. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_=-]++(?:(?:\\.|%2[Ee])[A-Za-z0-9_=-]*+)++");
    private static final Pattern DOT = Pattern.compile("\\.|%2[Ee]");
    /** How an object begins in Base64, be it with a name or with white space. */
    private static final Pattern BEGINNING = Pattern.compile("e[yw]");
    /** More do not begin by chance; so the work stays in proportion to the length of the text. */
    private static final int MOST_BEGINNINGS = 50;

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
        return RUN.matcher(text).replaceAll(run -> Matcher.quoteReplacement(hideRun(run.group())));
    }

    /** From the first header on, since what follows it may be its signature. */
    private static String hideRun(String run) {
        int beginnings = 0;
        int start = 0;
        for (Matcher dot = DOT.matcher(run); dot.find(); start = dot.end()) {
            if (JwtReader.isHeader(run.substring(start, dot.start()))) {
                return run.substring(0, start) + HIDDEN;
            }
            // Behind the name of a parameter or a prefix, which may consist of the same characters
            Matcher beginning = BEGINNING.matcher(run).region(start, dot.start());
            while (beginning.find()) {
                if (++beginnings > MOST_BEGINNINGS || JwtReader.isHeader(run.substring(beginning.start(), dot.start()))) {
                    return run.substring(0, beginning.start()) + HIDDEN;
                }
            }
        }
        return run;
    }
}
