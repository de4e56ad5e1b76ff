package io.quarkiverse.tokenstorage.sops.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Takes and refuses the same texts as a parser that is in wide use, and finds the same in them. */
class JsonReaderAgainstJacksonTest {

    private static final int TEXTS = 60_000;
    private static final String[] SEEDS = {
            "{\"a\": [1, -2.50e+3, true, false, null, {}, []], \"b\\u0041\\n\": {\"c\": \"x\\\\y\\\"\", \"c\": \"\"}}",
            "{ \"\" : 0 , \"n\":[0.1,1E9,-0,9223372036854775808,123456789012345678] }\n",
            "{\"t\":\"\\ud83d\\ude00\\/\\b\\f\\r\\t\",\"deep\":[[[[{\"x\":[[]]}]]]]}" };
    private static final String ALPHABET = "{}[]:,\"\\ \n\t0123456789+-.eEtrufalsn/'\u0000\u001f#";

    private final JsonFactory jackson = new JsonFactory();

    @Test
    void agreesOnMutatedTexts() throws IOException {
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        System.out.println("JsonReaderAgainstJacksonTest: repeat with -Dtokenstorage.test.seed=" + seed);
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
            for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                    default -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                }
            }
            String json = text.toString();
            Optional<JsonValue> ours = ours(json);
            assertThat(ours).as("%s, seed %s", json, seed).isEqualTo(theirs(json));
            accepted += ours.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(TEXTS / 10, TEXTS * 9 / 10);
    }

    private static Optional<JsonValue> ours(String json) {
        try {
            return Optional.of(JsonReader.read(json.getBytes(StandardCharsets.UTF_8), "text"));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonValue> theirs(String json) throws IOException {
        try (JsonParser parser = jackson.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonValue document = value(parser, first);
            return parser.nextToken() == null ? Optional.ofNullable(document) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Null if a number is too large. */
    private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT:
                List<JsonMember> members = new ArrayList<>();
                boolean complete = true;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = Utf8.wellFormed(parser.currentName());
                    JsonValue value = value(parser, parser.nextToken());
                    complete &= value != null;
                    members.add(new JsonMember(name, value == null ? JsonNull.NULL : value));
                }
                return complete ? new JsonObject(members) : null;
            case START_ARRAY:
                List<JsonValue> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(value(parser, next));
                }
                return elements.contains(null) ? null : new JsonArray(elements);
            case VALUE_STRING:
                return new JsonString(Utf8.wellFormed(parser.getText()));
            case VALUE_NUMBER_INT:
                if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    return new JsonInteger(parser.getLongValue());
                }
                return number(parser.getText());
            case VALUE_NUMBER_FLOAT:
                return number(parser.getText());
            case VALUE_NULL:
                return JsonNull.NULL;
            default:
                return new JsonBoolean(token == JsonToken.VALUE_TRUE);
        }
    }

    private static JsonValue number(String text) {
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? null : new JsonFloat(number);
    }
}
