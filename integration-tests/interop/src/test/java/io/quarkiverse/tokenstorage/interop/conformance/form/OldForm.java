package io.quarkiverse.tokenstorage.interop.conformance.form;

import java.util.function.UnaryOperator;

/**
 * What sets documents of other writers apart, as far as those writers are not run here: each is a real document put together
 * anew, with its own data key.
 */
public enum OldForm {

    CURRENT("as sops 3.13 writes it", document -> document),
    NULL_LISTS("key lists that are null (up to 3.9)", document -> document.with("kms", "null").with("gcp_kms", "null")
            .with("azure_kv", "null").with("hc_vault", "null").with("pgp", "null")),
    THREE_NULL_LISTS("fewer key lists, null (3.5)",
            document -> document.with("kms", "null").with("gcp_kms", "null").with("azure_kv", "null")),
    EMPTY_LISTS("empty key lists", document -> document.with("kms", "[]").with("gcp_kms", "[]").with("hckms", "[]")
            .with("azure_kv", "[]").with("hc_vault", "[]").with("pgp", "[]").with("key_groups", "[]")),
    STRUCT_ORDER("metadata not in alphabetical order (up to 3.12)",
            document -> document.with("kms", "null").last("age", "lastmodified", "mac", "pgp", "unencrypted_suffix",
                    "version")),
    NO_FINAL_NEWLINE("no final newline (up to 3.9)", HandMadeDocument::withoutFinalNewline),
    METADATA_FIRST("metadata before the values", HandMadeDocument::metadataFirst),
    VERSION_1("version 1.13 (1.x)", document -> document.with("version", "\"1.13\"")),
    NUMERIC_VERSION("version 1.13 as a number (1.x)", document -> document.with("version", "1.13")),
    ATTENTION("member attention (1.x)", document -> document.with("attention",
            "\"This section contains key material that should only be modified with extra care. See `sops -h`.\"")),
    ALL_OF_1_X("attention, number as version, null list, no selector (1.x)",
            document -> document.with("attention", "\"extra care\"").with("version", "1.13").with("kms", "null")
                    .without("unencrypted_suffix").last("age", "version", "mac", "lastmodified")),
    LEADING_V("version v3.6.1", document -> document.with("version", "\"v3.6.1\"")),
    TWO_PART_VERSION("version of two parts, 3.13", document -> document.with("version", "\"3.13\"")),
    NO_VERSION("no version", document -> document.without("version")),
    NO_SELECTOR("no selector", document -> document.without("unencrypted_suffix")),
    FRACTION_OF_SECOND("time with a fraction of a second",
            document -> document.with("lastmodified", "\"2026-05-22T20:16:18.987654Z\"")),
    OFFSET("time with offset +00:00", document -> document.with("lastmodified", "\"2026-05-22T20:16:18+00:00\"")),
    NO_TIME("no time", document -> document.without("lastmodified")),
    NO_MAC("no message authentication code", document -> document.without("mac")),
    EMPTY_MAC("empty message authentication code", document -> document.with("mac", "\"\"")),
    FLAG_WRITTEN_OUT("mac_only_encrypted: false written out", document -> document.with("mac_only_encrypted", "false")),
    UNKNOWN_MEMBER("unknown members of later releases", document -> document.with("future", "{\"a\":[1]}")),
    OTHER_CASE("names in other case", document -> document.with("Age", "[" + document.entry() + "]").without("age")
            .with("LASTMODIFIED", '"' + HandMadeDocument.TIME + '"').without("lastmodified")),
    SINGLE_OBJECT("one object in place of a list", document -> document.with("age", document.entry())),
    ONE_GROUP("one key group, with null lists", document -> document.without("age").with("key_groups",
            "[{\"hc_vault\":null,\"age\":[" + document.entry() + "]}]")),
    GROUPS_BESIDE_KEYS("key groups beside keys", document -> document.with("shamir_threshold", "2").with("key_groups",
            "[{\"hc_vault\":null,\"age\":null},{\"hc_vault\":null,\"age\":null}]")),
    FLOAT_INTEGER("integer of type float (up to 3.13.1)", document -> document.value("count", "42", "float", "42")),
    LEADING_ZEROS("integer with leading zeros", document -> document.value("count", "0042", "int", "42")),
    EXPONENT("float with exponent", document -> document.value("count", "4.2e+01", "float", "42")),
    TRAILING_ZERO("float with trailing zero", document -> document.value("count", "42.0", "float", "42")),
    LOWER_CASE_BOOLEAN("boolean in lower case", document -> document.value("ok", "true", "bool", "True")),
    SHORT_IV("initialization vectors of 12 bytes (2.0.0)", document -> document.ivLength(12)),
    BYTES("type bytes (1.x)", document -> document.value("access_token", "value", "bytes", "value"));

    private final String title;
    private final UnaryOperator<HandMadeDocument> change;

    OldForm(String title, UnaryOperator<HandMadeDocument> change) {
        this.title = title;
        this.change = change;
    }

    public String title() {
        return title;
    }

    public byte[] of(HandMadeDocument document) {
        return change.apply(document).json();
    }
}
