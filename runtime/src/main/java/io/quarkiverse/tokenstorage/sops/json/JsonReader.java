package io.quarkiverse.tokenstorage.sops.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a JSON document the way sops does ({@code stores/json/store.go}), but for two things that sops lets pass: input that
 * ends too early, and input that goes on after the document. Both are refused.
 * <p>
 * It does not stand on a general parser, because none treats bytes that are not UTF-8 as Go does, and because those at hand
 * copy the text several times and leave secrets behind in buffers that they use again.
 */
public final class JsonReader {

    /** The largest document that is read or written, in bytes. */
    public static final int MAX_SIZE = 16 << 20;

    /** How deep objects and arrays may be nested. */
    public static final int MAX_DEPTH = 512;

    /** How many values a document may have, containers included: bounds the memory that a small text can claim. */
    public static final int MAX_VALUES = 1_000_000;

    /** As long as any 64-bit float, written out. */
    private static final int LONGEST_EXACT_NUMBER = 350;

    private static final String LARGEST_LONG = "9223372036854775807";
    /** Without its sign. */
    private static final String SMALLEST_LONG = "9223372036854775808";

    private final JsonScanner json;
    private final boolean exact;
    private int values;

    private JsonReader(JsonScanner json, boolean exact) {
        this.json = json;
        this.exact = exact;
    }

    /**
     * @param json UTF-8; bytes that are not are read as U+FFFD
     * @param location the name of the document, for messages
     * @throws JsonException if it is not one JSON object, or too large, too deep, or of too many values
     */
    public static JsonObject read(byte[] json, String location) {
        return read(json, location, false);
    }

    /**
     * As {@link #read}, but refuses numbers that SOPS would round without a word, so that the document can be kept without
     * loss.
     */
    public static JsonObject readExact(byte[] json, String location) {
        return read(json, location, true);
    }

    private static JsonObject read(byte[] json, String location, boolean exact) {
        if (json.length > MAX_SIZE) {
            throw new JsonException(location + ": larger than " + MAX_SIZE + " bytes");
        }
        return new JsonReader(new JsonScanner(json, location), exact).document(location);
    }

    private JsonObject document(String location) {
        if (json.startsWithByteOrderMark()) {
            throw json.error("a byte order mark; save the file as UTF-8 without one,");
        }
        json.skipWhiteSpace();
        if (json.atEnd()) {
            throw new JsonException(location + ": empty, expected a JSON object");
        }
        boolean array = json.next() == '[';
        if (array || !(value(1) instanceof JsonObject document)) {
            throw new JsonException(location + ": " + (array ? "an array" : "a single value")
                    + " at the top; SOPS takes JSON files with an object at the top only. Wrap it in one, such as {\"data\": …}");
        }
        json.skipWhiteSpace();
        if (!json.atEnd()) {
            throw json.error("more text after the end of the JSON object,");
        }
        return document;
    }

    /** @param depth of the value, if it is a container */
    private JsonValue value(int depth) {
        if (++values > MAX_VALUES) {
            throw json.error("more than " + MAX_VALUES + " values,");
        }
        return switch (json.next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(json.string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) {
        List<JsonMember> members = new ArrayList<>();
        boolean ended = startsEmpty(depth, '{', '}');
        while (!ended) {
            String name = json.string();
            json.skipWhiteSpace();
            json.expect(':');
            json.skipWhiteSpace();
            members.add(new JsonMember(name, value(depth + 1)));
            ended = ends('}');
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        boolean ended = startsEmpty(depth, '[', ']');
        while (!ended) {
            elements.add(value(depth + 1));
            ended = ends(']');
        }
        return new JsonArray(elements);
    }

    /** Passes the start of a container, and its end if that follows at once. */
    private boolean startsEmpty(int depth, char start, char end) {
        if (depth > MAX_DEPTH) {
            throw json.error("nested deeper than " + MAX_DEPTH + " levels,");
        }
        json.expect(start);
        json.skipWhiteSpace();
        return json.accept(end);
    }

    /** Passes the end of a container, or the comma before its next part. */
    private boolean ends(char end) {
        json.skipWhiteSpace();
        if (json.accept(end)) {
            return true;
        }
        json.expect(',');
        json.skipWhiteSpace();
        return false;
    }

    private JsonScalar literal(String text, JsonScalar scalar) {
        json.literal(text);
        return scalar;
    }

    private JsonScalar number() {
        String literal = json.number();
        return isLong(literal) ? new JsonInteger(Long.parseLong(literal)) : decimal(literal);
    }

    /** Asked beforehand: a document may have a million numbers, and each exception would walk the whole stack. */
    private static boolean isLong(String literal) {
        int start = literal.startsWith("-") ? 1 : 0;
        int digits = literal.length() - start;
        for (int i = start; i < literal.length() && digits <= LARGEST_LONG.length(); i++) {
            if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
                return false;
            }
        }
        return digits < LARGEST_LONG.length() || digits == LARGEST_LONG.length()
                && literal.substring(start).compareTo(start == 0 ? LARGEST_LONG : SMALLEST_LONG) <= 0;
    }

    private JsonScalar decimal(String literal) {
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            throw json.error("a number too large for a 64-bit float,");
        }
        if (exact && (literal.length() > LONGEST_EXACT_NUMBER || !ShortestDecimal.isExact(literal, value))) {
            throw json.error("a number that neither a 64-bit integer nor a 64-bit float can hold without rounding,");
        }
        return new JsonFloat(value);
    }
}
