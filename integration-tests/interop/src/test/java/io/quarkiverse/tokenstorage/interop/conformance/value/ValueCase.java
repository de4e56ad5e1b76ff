package io.quarkiverse.tokenstorage.interop.conformance.value;

import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;

/** The kinds of JSON values that documents are exchanged with, as written and as sops 3.13.2 prints them. */
public enum ValueCase {

    TEXT("text", "\"value\""),
    EMPTY_TEXT("empty text", "\"\""),
    LONG_TEXT("long text", '"' + "0123456789 ".repeat(2_000) + '"'),
    ESCAPED_TEXT("text with control and HTML characters",
            "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\\\/\u007f<a href='x'>&amp;\\u2028\\u2029\"",
            "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\/\u007f\\u003ca href='x'\\u003e\\u0026amp;\\u2028\\u2029\""),
    UNICODE_TEXT("text beyond ASCII", "\"\\u00e9e\u0301\\ud83d\\ude00😀\uFEFF\uFFFE\"",
            "\"\u00e9e\u0301😀😀\uFEFF\uFFFE\""),
    LONE_SURROGATE("text with half of a surrogate pair", "\"a\\ud800b\"", "\"a\uFFFDb\""),
    ENCRYPTED_LOOK("text that looks encrypted", "\"ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]\""),
    BOOLEAN("true and false", "[true,false]"),
    NULL("null", "[null,{\"a\":null}]"),
    INTEGER("integers up to 2^53", "[0,42,-1,9007199254740992,-9007199254740992]"),
    INTEGER_BEYOND_DOUBLE("integers beyond 2^53", "[9007199254740993,-9223372036854775807]",
            "[9007199254740993,-9223372036854775807]", "[9007199254740992,-9223372036854776000]"),
    INTEGER_BEYOND_LONG("integers beyond 2^63", "[18446744073709551615,-9223372036854775809]",
            "[18446744073709551615,-9223372036854775809]", "[18446744073709552000,-9223372036854776000]"),
    FRACTION("fractions", "[1.5,1.50,0.1,-2.25,1.0,4.35]", "[1.5,1.5,0.1,-2.25,1,4.35]"),
    EXPONENT("numbers with exponent", "[1e3,1e21,1E-7,5e-324,1.7976931348623157e+308,2e23,0.000001]",
            "[1000,1e+21,1e-7,5e-324,1.7976931348623157e+308,2e+23,0.000001]"),
    NEGATIVE_ZERO("-0.0", "-0.0", "-0", "0"),
    EMPTY_CONTAINER("empty object and list", "[{},[],{\"a\":{}},[[]]]"),
    OBJECT("nested objects", "{\"a\":{\"b\":{\"c\":{\"d\":\"deep\"}}},\"e\":1}"),
    LIST("list of mixed values", "[\"a\",1,2.5,true,null,\"\",{\"b\":[\"c\"]}]"),
    LIST_OF_LISTS("lists of lists", "[[1,[2,[3,{\"four\":[4,[\"five\"]]}]]],[\"x\"]]"),
    DUPLICATE_NAME("repeated names", "{\"a\":\"1\",\"a\":\"2\",\"b\":{\"c\":1,\"c\":1}}"),
    UNUSUAL_NAME("unusual names",
            "{\"\":\"empty\",\"a:b\":\"colon\",\"<&>\":\"html\",\"sops\":{\"mac\":\"nested\"},\"Ünï😀\":\"unicode\",\"a\\nb\":1}",
            "{\"\":\"empty\",\"a:b\":\"colon\",\"\\u003c\\u0026\\u003e\":\"html\",\"sops\":{\"mac\":\"nested\"},\"Ünï😀\":\"unicode\",\"a\\nb\":1}");

    private final String title;
    private final String literal;
    private final String exact;
    private final String changed;

    ValueCase(String title, String literal) {
        this(title, literal, literal, null);
    }

    ValueCase(String title, String literal, String exact) {
        this(title, literal, exact, null);
    }

    /** @param changed what a program prints that cannot represent it; null if every program can */
    ValueCase(String title, String literal, String exact, String changed) {
        this.title = title;
        this.literal = literal;
        this.exact = exact;
        this.changed = changed;
    }

    public String title() {
        return title;
    }

    /** What stands in the plain document. */
    public String literal() {
        return literal;
    }

    /** What sops prints, without white space between tokens. */
    public String exact() {
        return exact;
    }

    /** What is printed by a program that cannot represent it; null if every program can. */
    public String changed() {
        return changed;
    }

    /** What is known to become of it when this release writes and this library reads. */
    public Outcome writtenBySops(SopsRelease release, boolean encrypted, boolean macOnlyEncrypted) {
        return switch (this) {
            case INTEGER_BEYOND_DOUBLE -> release.hasExactIntegers() ? Outcome.SAME : Outcome.CHANGED_BY_WRITER;
            case INTEGER_BEYOND_LONG -> Outcome.CHANGED_BY_WRITER;
            case NEGATIVE_ZERO -> {
                if (encrypted) {
                    yield Outcome.SAME;
                } else if (release.hasExactIntegers()) {
                    // Computes the code from -0, and from 0 when it reads what it wrote as -0
                    yield macOnlyEncrypted ? Outcome.CHANGED_BY_WRITER : Outcome.REFUSED_BY_BOTH;
                }
                yield macOnlyEncrypted ? Outcome.READ_OTHERWISE : Outcome.REFUSED_BY_US;
            }
            default -> Outcome.SAME;
        };
    }

    /** What is known to become of it when this library writes and this release reads. */
    public Outcome writtenByUs(SopsRelease release, boolean encrypted, boolean macOnlyEncrypted) {
        return switch (this) {
            case INTEGER_BEYOND_DOUBLE -> {
                if (encrypted || release.hasExactIntegers()) {
                    yield Outcome.SAME;
                }
                yield macOnlyEncrypted ? Outcome.CHANGED_BY_READER : Outcome.REFUSED_BY_SOPS;
            }
            case INTEGER_BEYOND_LONG -> Outcome.CHANGED_BY_WRITER;
            case NEGATIVE_ZERO -> {
                if (encrypted) {
                    yield Outcome.SAME;
                } else if (release.hasExactIntegers()) {
                    yield Outcome.CHANGED_BY_WRITER;
                }
                yield macOnlyEncrypted ? Outcome.SAME : Outcome.REFUSED_BY_SOPS;
            }
            default -> Outcome.SAME;
        };
    }
}
