package io.quarkiverse.tokenstorage.sops;

import java.util.Optional;

/** What an encrypted value decrypts to. The tag that says so is not authenticated. */
enum ValueType {

    STR("str"),
    INT("int"),
    FLOAT("float"),
    BOOL("bool"),
    /** Text of writers before sops 2. */
    BYTES("bytes"),
    /** A timestamp of a YAML document. */
    TIME("time"),
    /** A comment of a YAML document; JSON has none. */
    COMMENT("comment");

    private final String tag;

    ValueType(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    static Optional<ValueType> ofTag(String tag) {
        for (ValueType type : values()) {
            if (type.tag.equals(tag)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
