package io.quarkiverse.tokenstorage.sops.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/**
 * Reads a JSON document the way sops does ({@code stores/json/store.go}), but for two things that sops lets pass: input that
 * ends too early, and input that goes on after the document. Both are refused.
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

    /**
     * Without shared symbol tables and buffers: nothing of one document stays behind for the next, and no names can be chosen
     * to collide in them.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH + 1).maxNameLength(MAX_SIZE)
                    .maxStringLength(MAX_SIZE).maxNumberLength(MAX_SIZE).build())
            .build();

    private final JsonParser parser;
    private final String location;
    /** Only escapes can bring a surrogate without its partner. */
    private final boolean mayHaveLoneSurrogates;
    private final boolean exact;
    private int values;

    private JsonReader(JsonParser parser, String location, boolean mayHaveLoneSurrogates, boolean exact) {
        this.parser = parser;
        this.location = location;
        this.mayHaveLoneSurrogates = mayHaveLoneSurrogates;
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
        String text = Utf8.decode(json);
        try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
            return new JsonReader(parser, location, text.contains("\\u"), exact).document();
        } catch (JsonEOFException e) {
            throw new JsonException(location + ": the JSON ends too early, at " + place(e.getLocation()));
        } catch (JacksonException e) {
            // Its message quotes the input
            throw new JsonException(location + ": not valid JSON at " + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonLocation at) {
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private JsonObject document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException(location + ": empty, expected a JSON object");
        }
        if (first != JsonToken.START_OBJECT) {
            String found = first == JsonToken.START_ARRAY ? "an array" : "a single value";
            throw new JsonException(
                    location + ": " + found + " at the top; SOPS takes JSON files with an object at the top only."
                            + " Wrap it in one, such as {\"data\": …}");
        }
        JsonObject document = object(1);
        if (parser.nextToken() != null) {
            throw error("more text after the end of the JSON object");
        }
        return document;
    }

    private JsonObject object(int depth) throws IOException {
        checkDepth(depth);
        List<JsonMember> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            members.add(new JsonMember(name, value(parser.nextToken(), depth)));
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) throws IOException {
        checkDepth(depth);
        List<JsonValue> elements = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            elements.add(value(token, depth));
            token = parser.nextToken();
        }
        return new JsonArray(elements);
    }

    private JsonValue value(JsonToken token, int depth) throws IOException {
        if (++values > MAX_VALUES) {
            throw error("more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> new JsonString(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("Not the start of a value: " + token);
        };
    }

    private JsonScalar integer(String literal) {
        try {
            return new JsonInteger(Long.parseLong(literal));
        } catch (NumberFormatException e) {
            return decimal(literal);
        }
    }

    private JsonScalar decimal(String literal) {
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            throw error("a number too large for a 64-bit float");
        }
        if (exact && (literal.length() > LONGEST_EXACT_NUMBER || !ShortestDecimal.isExact(literal, value))) {
            throw error("a number that neither a 64-bit integer nor a 64-bit float can hold without rounding");
        }
        return new JsonFloat(value);
    }

    private String wellFormed(String text) {
        return mayHaveLoneSurrogates ? Utf8.wellFormed(text) : text;
    }

    private void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private JsonException error(String what) {
        return new JsonException(location + ": " + what + ", at " + place(parser.currentTokenLocation()));
    }
}
