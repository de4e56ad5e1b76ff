package io.quarkiverse.tokenstorage.sops.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

    private static final JsonObject DOCUMENT = JsonObject.builder().add("a", "x").add("a", new JsonInteger(-7))
            .add("list", new JsonArray(List.of(JsonNull.NULL, new JsonBoolean(true), new JsonArray(List.of()))))
            .add("object", JsonObject.builder().add("n", new JsonFloat(1e21)).add("e", JsonObject.builder().build()).build())
            .build();

    private static String write(JsonObject document, int indent) {
        return new String(JsonWriter.write(document, indent), StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        String json = write(JsonObject.builder().add("", text).build(), 0);
        return json.substring("{\n\"\": \"".length(), json.length() - "\"\n}\n".length());
    }

    @Test
    void aValueByItselfLooksAsInADocument() {
        assertThat(JsonWriter.writeValue(new JsonInteger(-7), 0)).asString().isEqualTo("-7");
        assertThat(JsonWriter.writeValue(new JsonString("<"), 0)).asString().isEqualTo("\"\\u003c\"");
        assertThat(JsonWriter.writeValue(new JsonArray(List.of(JsonNull.NULL, new JsonArray(List.of()))), 2)).asString()
                .isEqualTo("[\n  null,\n  []\n]");
        assertThat(JsonWriter.writeValue(DOCUMENT, JsonWriter.TAB)).asString()
                .isEqualTo(write(DOCUMENT, JsonWriter.TAB).stripTrailing());
    }

    @Test
    void indentsWithATabUnlessToldOtherwise() {
        assertThat(write(DOCUMENT, JsonWriter.TAB)).isEqualTo("""
                {
                \t"a": "x",
                \t"a": -7,
                \t"list": [
                \t\tnull,
                \t\ttrue,
                \t\t[]
                \t],
                \t"object": {
                \t\t"n": 1e+21,
                \t\t"e": {}
                \t}
                }
                """);
    }

    @Test
    void indentsWithSpacesOrNotAtAll() {
        String tabs = write(DOCUMENT, JsonWriter.TAB);
        assertThat(write(DOCUMENT, 3)).isEqualTo(tabs.replace("\t", "   "));
        assertThat(write(DOCUMENT, 0)).isEqualTo(tabs.replace("\t", ""));
        assertThat(write(JsonObject.builder().build(), 4)).isEqualTo("{}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = { -2, JsonWriter.MAX_INDENT + 1, Integer.MAX_VALUE })
    void refusesOtherIndentations(int indent) {
        assertThatThrownBy(() -> JsonWriter.write(DOCUMENT, indent)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void escapesAsGoDoes() {
        assertThat(escaped("\"\\/<>&\b\f\n\r\t\u0000\u001f\u007f\u2027\u2028\u2029\u202a"))
                .isEqualTo("\\\"\\\\/\\u003c\\u003e\\u0026\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2027\\u2028\\u2029\u202a");
        assertThat(escaped("é€😀\uFFFD\uFEFF\uFFFF")).isEqualTo("é€😀\uFFFD\uFEFF\uFFFF");
        assertThat(escaped("\uD800a\uDC00")).isEqualTo("\uFFFDa\uFFFD");
        assertThat(write(JsonObject.builder().add("<\n>", "").build(), 0)).isEqualTo("{\n\"\\u003c\\n\\u003e\": \"\"\n}\n");
    }

    @Test
    void writesOnlyWhatCanBeRead() {
        JsonValue deep = new JsonArray(List.of());
        for (int i = 0; i < 100_000; i++) {
            deep = new JsonArray(List.of(deep));
        }
        JsonObject tooDeep = JsonObject.builder().add("a", deep).build();
        assertThatThrownBy(() -> JsonWriter.write(tooDeep, 0)).isInstanceOf(JsonException.class)
                .hasMessage("The document is nested deeper than 512 levels");
        JsonObject tooLarge = JsonObject.builder().add("a", "x".repeat(JsonReader.MAX_SIZE)).build();
        assertThatThrownBy(() -> JsonWriter.write(tooLarge, 0)).isInstanceOf(JsonException.class)
                .hasMessage("The document would be larger than 16777216 bytes");
        // The braces, line feeds, quotes, name and colon around the text take 11 bytes
        int largest = JsonReader.MAX_SIZE - 12;
        byte[] fits = JsonWriter.write(JsonObject.builder().add("a", "x".repeat(largest)).build(), 0);
        assertThat(JsonReader.read(fits, "file").members()).hasSize(1);
    }
}
