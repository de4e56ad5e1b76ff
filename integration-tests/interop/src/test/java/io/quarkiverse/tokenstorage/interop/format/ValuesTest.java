package io.quarkiverse.tokenstorage.interop.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** Every JSON type, nesting, strings and numbers on the edge: the same document, value by value and byte for byte. */
class ValuesTest {

    @TempDir
    Path directory;
    Sandbox box;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
        box.ruleFor(box.identity().recipient());
    }

    @Test
    void everyTypeAndNesting() {
        assertPrinted("""
                {"text":"value","integer":42,"float":1.5,"yes":true,"no":false,"nothing":null,"emptyText":"",
                 "object":{"inner":{"deep":{"deeper":"x"}},"list":[1,[2,[3,{"four":4}]]]},
                 "list":["a",1,2.5,true,null,"",{},[],[[]],{"e":{}}],"emptyObject":{},"emptyList":[]}
                """, """
                {
                \t"text": "value",
                \t"integer": 42,
                \t"float": 1.5,
                \t"yes": true,
                \t"no": false,
                \t"nothing": null,
                \t"emptyText": "",
                \t"object": {
                \t\t"inner": {
                \t\t\t"deep": {
                \t\t\t\t"deeper": "x"
                \t\t\t}
                \t\t},
                \t\t"list": [
                \t\t\t1,
                \t\t\t[
                \t\t\t\t2,
                \t\t\t\t[
                \t\t\t\t\t3,
                \t\t\t\t\t{
                \t\t\t\t\t\t"four": 4
                \t\t\t\t\t}
                \t\t\t\t]
                \t\t\t]
                \t\t]
                \t},
                \t"list": [
                \t\t"a",
                \t\t1,
                \t\t2.5,
                \t\ttrue,
                \t\tnull,
                \t\t"",
                \t\t{},
                \t\t[],
                \t\t[
                \t\t\t[]
                \t\t],
                \t\t{
                \t\t\t"e": {}
                \t\t}
                \t],
                \t"emptyObject": {},
                \t"emptyList": []
                }
                """);
    }

    @Test
    void theEmptyDocumentStaysEmpty() {
        assertPrinted("{}", "{}\n");
    }

    @Test
    void nestedReservedNameAndColonsInNames() {
        assertPrinted("{\"a:b\":\"x\",\"a\":{\"b\":\"x\",\"sops\":{\"mac\":\"m\"}},\"\":{\"\":\"x\"}}", """
                {
                \t"a:b": "x",
                \t"a": {
                \t\t"b": "x",
                \t\t"sops": {
                \t\t\t"mac": "m"
                \t\t}
                \t},
                \t"": {
                \t\t"": "x"
                \t}
                }
                """);
    }

    @Test
    void duplicateNamesStay() {
        assertPrinted("{\"a\":1,\"a\":\"2\",\"b\":{\"c\":3,\"c\":3},\"a\":{\"a\":null}}", """
                {
                \t"a": 1,
                \t"a": "2",
                \t"b": {
                \t\t"c": 3,
                \t\t"c": 3
                \t},
                \t"a": {
                \t\t"a": null
                \t}
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = { "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809",
            "18446744073709551615", "9007199254740993", "0", "-0", "1.0", "1e3", "1E+3", "1e-7", "0.000001", "1e20",
            "1e21",
            "1e22", "123456789012345678901234567890", "4.9e-324", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308",
            "1e-400", "0e999", "2e23", "1234567890123456789.0", "9007199254740993.0", "0.1", "1.50" })
    void numbersAreAlikeEncryptedAndInClear(String literal) {
        // Encrypted and in clear: the message authentication code takes its own form of the number in both cases
        bothWays("{\"n\":" + literal + ",\"n_unencrypted\":" + literal + ",\"l\":[" + literal + ",[" + literal + "]]}");
    }

    @Test
    void negativeZeroEncrypted() {
        assertPrinted("{\"n\":-0.0,\"i\":-0}", "{\n\t\"n\": -0,\n\t\"i\": 0\n}\n");
    }

    /** sops authenticates the text {@code -0}, reads the integer 0 back, and takes its own file for tampered with. */
    @Test
    void negativeZeroInClear() {
        byte[] plain = "{\"n_unencrypted\":-0.0}".getBytes(StandardCharsets.UTF_8);
        byte[] theirs = box.sopsEncrypt(plain, "file.json");
        assertThat(box.sopsDecrypting(theirs).exit()).isEqualTo(51);
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(plain, "file.json");
            assertThat(Layout.of(document)).isEqualTo(Layout.of(theirs));
            assertThat(ours.decrypt(document)).isEqualTo(box.sopsDecrypt(document))
                    .asString(StandardCharsets.UTF_8).isEqualTo("{\n\t\"n_unencrypted\": 0\n}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\u0000\\u0001\\u001f", "\\b\\f\\n\\r\\t", "\\\"\\\\\\/", "\u007f", "<a href='x'>&amp;</a>",
            "\\u2028\\u2029",
            "\u2028\u2029", "😀", "\\ud83d\\ude00", "\\ud800", "\\udc00", "\\ude00\\ud83d", "a\\ud800b", "é\u0301", "\uFEFFbom",
            "\uFFFD", "\uFFFE\uFFFF", "ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]", "ENC[", " ", "  \\n", "true",
            "null",
            "1" })
    void stringsAreAlikeAsValueAsNameAndInClear(String escaped) {
        // As value, as name, and in clear
        bothWays("{\"v\":\"" + escaped + "\",\"" + escaped + "\":{\"" + escaped + "\":1},\"v_unencrypted\":\"" + escaped
                + "\"}");
    }

    @Test
    void invalidUtf8BecomesTheReplacementCharacter() {
        byte[] plain = "{\"v\":\"a?b\",\"v_unencrypted\":\"??\",\"n?\":1}".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] == '?') {
                plain[i] = (byte) 0xff;
            }
        }
        assertThat(new String(Exchange.bothWays(box, plain, "file.json"), StandardCharsets.UTF_8)).isEqualTo("""
                {
                \t"v": "a\uFFFDb",
                \t"v_unencrypted": "\uFFFD\uFFFD",
                \t"n\uFFFD": 1
                }
                """);
    }

    @Test
    void truncatedAndOverlongUtf8() {
        for (int[] sequence : new int[][] { { 0xc3 }, { 0xe2, 0x82 }, { 0xf0, 0x9f, 0x98 }, { 0xc0, 0x80 },
                { 0xed, 0xa0, 0x80 },
                { 0xf4, 0x90, 0x80, 0x80 }, { 0xf8, 0x88, 0x80, 0x80, 0x80 }, { 0x80 }, { 0xe0, 0x80, 0xaf } }) {
            byte[] plain = ("{\"v\":\"<" + "?".repeat(sequence.length) + "X\"}").getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < sequence.length; i++) {
                plain[7 + i - 1] = (byte) sequence[i];
            }
            Exchange.bothWays(box, plain, "file.json");
        }
    }

    @Test
    void longStringsAndManyMembers() {
        StringBuilder plain = new StringBuilder("{\"long\":\"").append("0123456789".repeat(50_000)).append("\"");
        for (int i = 0; i < 5_000; i++) {
            plain.append(",\"m").append(i).append("\":").append(i);
        }
        bothWays(plain.append('}').toString());
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 0, 1, 2, 4 })
    void bothIndentAsTheRulesFileSays(int indent) {
        box.rules(
                "creation_rules:\n  - age: " + box.identity().recipient() + "\nstores:\n  json:\n    indent: " + indent + "\n");
        bothWays("{\"a\":{\"b\":[1,[],{},{\"c\":\"d\"}]},\"e\":{}}");
    }

    private void bothWays(String plain) {
        Exchange.bothWays(box, plain.getBytes(StandardCharsets.UTF_8), "file.json");
    }

    private void assertPrinted(String plain, String printed) {
        assertThat(new String(Exchange.bothWays(box, plain.getBytes(StandardCharsets.UTF_8), "file.json"),
                StandardCharsets.UTF_8)).isEqualTo(printed);
    }
}
