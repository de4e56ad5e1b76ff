package io.quarkiverse.tokenstorage.sops.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonString;

class ScalarTextTest {

    private static String text(JsonScalar scalar) {
        return new String(ScalarText.bytes(scalar), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesThePlaintextsOfSops() {
        assertThat(text(new JsonBoolean(true))).isEqualTo("True");
        assertThat(text(new JsonBoolean(false))).isEqualTo("False");
        assertThat(text(new JsonInteger(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(text(new JsonFloat(1e21))).isEqualTo("1000000000000000000000");
        assertThat(text(new JsonFloat(-0.0))).isEqualTo("-0");
        assertThat(text(new JsonString("é\uD800"))).isEqualTo("é\uFFFD");
        assertThat(text(JsonNull.NULL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "007, 7", "+5, 5", "-0, 0", "-9223372036854775808, -9223372036854775808" })
    void readsIntegers(String plaintext, long expected) {
        assertThat(ScalarText.read(ValueType.INT, utf8(plaintext))).contains(new JsonInteger(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "+", "-", " 1", "1 ", "1.0", "1e3", "0x10", "1_000", "9223372036854775808", "\u0661" })
    void refusesWhatIsNoInteger(String plaintext) {
        assertThat(ScalarText.read(ValueType.INT, utf8(plaintext))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "1.50, 1.5", "1, 1", "-0, -0.0", "+1e3, 1000", "1E-7, 1e-7", ".5, 0.5", "5., 5", "1e-999, 0" })
    void readsFloats(String plaintext, double expected) {
        assertThat(ScalarText.read(ValueType.FLOAT, utf8(plaintext))).contains(new JsonFloat(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "-", "+.", "e3", ".e3", "1e", "1e+", "1.2.3", "1e2.5", "1e3e4", " 1", "1f", "1d", "NaN",
            "Infinity", "inf", "0x1p3", "1e999", "--1", "\u0661" })
    void refusesWhatIsNoFiniteFloat(String plaintext) {
        assertThat(ScalarText.read(ValueType.FLOAT, utf8(plaintext))).isEmpty();
    }

    @Test
    void readsBooleansAsGoDoes() {
        for (String plaintext : new String[] { "1", "t", "T", "TRUE", "true", "True" }) {
            assertThat(ScalarText.read(ValueType.BOOL, utf8(plaintext))).contains(new JsonBoolean(true));
        }
        for (String plaintext : new String[] { "0", "f", "F", "FALSE", "false", "False" }) {
            assertThat(ScalarText.read(ValueType.BOOL, utf8(plaintext))).contains(new JsonBoolean(false));
        }
        assertThat(ScalarText.read(ValueType.BOOL, utf8("tRUE"))).isEmpty();
    }

    @Test
    void readsTheTypesOfOtherFormats() {
        assertThat(ScalarText.read(ValueType.TIME, utf8("2026-05-22T20:16:18.2500+02:00")))
                .contains(new JsonString("2026-05-22T20:16:18.25+02:00"));
        assertThat(ScalarText.read(ValueType.TIME, utf8("yesterday"))).isEmpty();
        assertThat(ScalarText.read(ValueType.BYTES, utf8("text"))).contains(new JsonString("text"));
        assertThat(ScalarText.read(ValueType.COMMENT, utf8("text"))).isEmpty();
    }
}
