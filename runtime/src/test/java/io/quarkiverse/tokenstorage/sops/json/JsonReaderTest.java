package io.quarkiverse.tokenstorage.sops.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static JsonObject read(String json) {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8), "doc.json");
    }

    private static JsonValue value(String json) {
        return read("{\"v\": " + json + "}").get("v").orElseThrow();
    }

    @Test
    void keepsOrderAndDuplicateNames() {
        assertThat(read("{\"b\": 1, \"a\": [true, null, {}], \"b\": \"x\"}").members()).containsExactly(
                new JsonMember("b", new JsonInteger(1)),
                new JsonMember("a",
                        new JsonArray(List.of(new JsonBoolean(true), JsonNull.NULL, new JsonObject(List.of())))),
                new JsonMember("b", new JsonString("x")));
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "-0, 0", "-42, -42", "9007199254740993, 9007199254740993", "9223372036854775807, 9223372036854775807",
            "-9223372036854775808, -9223372036854775808" })
    void readsIntegerLiteralsOfSixtyFourBitsAsIntegers(String literal, long expected) {
        assertThat(value(literal)).isEqualTo(new JsonInteger(expected));
    }

    @ParameterizedTest
    @CsvSource({ "9223372036854775808, 9.223372036854775807e18", "-9223372036854775809, -9.223372036854775808e18", "1.0, 1",
            "1e2, 100", "1E-2, 0.01", "-0.0, -0.0", "1e-400, 0.0" })
    void readsEveryOtherNumberAsFloat(String literal, double expected) {
        assertThat(value(literal)).isEqualTo(new JsonFloat(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = { "9223372036854775809", "0.1000000000000000055", "1e-400", "1e-99999999999", "1e-2147483648",
            "1.00000000000000000001" })
    void refusesToRoundIfToBeExact(String literal) {
        assertThat(value(literal)).isInstanceOf(JsonFloat.class);
        assertThatThrownBy(
                () -> JsonReader.readExact(("{\"v\": " + literal + "}").getBytes(StandardCharsets.UTF_8), "doc.json"))
                .isInstanceOf(JsonException.class).hasNoCause().hasMessageNotContaining(literal)
                .hasMessageContaining("without rounding, at line 1, column ");
    }

    @Test
    void keepsExactNumbers() {
        String json = "{\"v\": [0.1, 1.50, 1e21, -0.0, 0, 9223372036854775807, 18446744073709552000, 5e-324, 0e-99]}";
        JsonArray numbers = (JsonArray) JsonReader.readExact(json.getBytes(StandardCharsets.UTF_8), "d").get("v").orElseThrow();
        assertThat(numbers.elements()).hasSize(9).contains(new JsonFloat(0.1), new JsonFloat(-0.0));
    }

    @Test
    void readsANumberOfManyDigits() {
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            assertThat(value("0." + "0".repeat(1_000_000) + "1")).isEqualTo(new JsonFloat(0));
            assertThatThrownBy(() -> value("1".repeat(1_000_000))).isInstanceOf(JsonException.class);
        });
    }

    @Test
    void readsManyIntegersBeyondSixtyFourBitsAtOnce() {
        int depth = JsonReader.MAX_DEPTH - 10;
        String json = "{\"v\":" + "[".repeat(depth) + "99999999999999999999,".repeat(700_000) + "9223372036854775808"
                + "]".repeat(depth) + "}";
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> read(json));
    }

    @Test
    void replacesWhatIsNotUnicode() {
        byte[] json = "{\"\u00ff\": \"a\u00e2\u0082z\\ud800\\ud83d\\ude00\\udc00\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JsonReader.read(json, "doc.json").members())
                .containsExactly(new JsonMember("\uFFFD", new JsonString("a\uFFFD\uFFFDz\uFFFD😀\uFFFD")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":SECRET}", "{\"a\":\"SECRET", "{\"a\":\"SECRET\u0001\"}", "{\"a\":\"SECRET\\x\"}",
            "{\"a\":'SECRET'}", "{SECRET:1}", "{\"a\":\"x\"}SECRET", "{\"a\":\"x\"}{}", "{\"a\":1,}", "{\"a\":01}",
            "{\"a\":+1}", "{\"a\":.5}", "{\"a\":5.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}", "{\"a\":Infinity}",
            "{\"a\":1 /*SECRET*/}", "{\"a\":[1 2]}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":[1,]}", "{\"a\":[1}",
            "{\"a\":1]", "\uFEFF{}", "{\"a\":1e999}", "{\"a\":\"\\u00g0\"}", "{\"a\":\"\n\"}", "{\"a\":tru}", "{\"a\":nullx}",
            "{\"a\":true false}", "}", "{}}", "{},", "{\"a\":\"x\"}\u0000", "#{}" })
    void refusesWithLineAndColumnAndWithoutQuoting(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonException.class).hasNoCause()
                .hasMessageMatching("doc\\.json: [a-zA-Z0-9 ,;-]+ at line \\d+, column \\d+").hasMessageNotContaining("SECRET");
    }

    @Test
    void namesThePlace() {
        assertThatThrownBy(() -> read("{\n  \"a\": 1,\n  \"b\": @\n}"))
                .hasMessage("doc.json: not valid JSON at line 3, column 8");
    }

    @Test
    void refusesEveryTruncation() {
        String json = "{\"a\": [1, {\"b\": \"c\\u0041\"}, -2.5e3], \"d\": true}";
        for (int length = 0; length < json.length(); length++) {
            String cut = json.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(JsonException.class);
        }
        assertThat(read(json + " \r\n\t").members()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({ "[1], an array at the top", "42, a single value at the top", "'\"x\"', a single value at the top",
            "null, a single value at the top", "'', empty", "' ', empty" })
    void takesAnObjectOnly(String json, String reason) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonException.class).hasMessageStartingWith("doc.json: " + reason);
    }

    @Test
    void boundsTheDepth() {
        int depth = JsonReader.MAX_DEPTH - 1;
        assertThat(read("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}").members()).hasSize(1);
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}"))
                .isInstanceOf(JsonException.class).hasMessageContaining("nested deeper than 512 levels");
        assertThatThrownBy(() -> read("{\"a\":".repeat(1_000_000))).isInstanceOf(JsonException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void boundsTheSize() {
        byte[] large = new byte[JsonReader.MAX_SIZE + 1];
        assertThatThrownBy(() -> JsonReader.read(large, "doc.json")).isInstanceOf(JsonException.class)
                .hasMessage("doc.json: larger than 16777216 bytes");
    }

    @Test
    void boundsTheNumberOfValues() {
        assertThatThrownBy(() -> read("{\"a\":[" + "{},".repeat(JsonReader.MAX_VALUES) + "0]}"))
                .isInstanceOf(JsonException.class).hasMessageContaining("more than 1000000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = { "UTF-8", "UTF-16BE", "UTF-16LE" })
    void aByteOrderMarkIsRefusedByName(String charset) {
        byte[] json = "\ufeff{}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> JsonReader.read(json, "token.json"))
                .hasMessage("token.json: a byte order mark; save the file as UTF-8 without one, at line 1, column 1");
    }
}
