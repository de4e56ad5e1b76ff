package io.quarkiverse.tokenstorage.sops.value;

import java.util.List;
import java.util.Optional;

/** What an encrypted value decrypts to. The tag that says so is not authenticated. */
public enum ValueType {

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

    /** Each call of {@code values()} makes a copy. */
    private static final List<ValueType> ALL = List.of(values());

    private final String tag;

    ValueType(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    /** The type whose tag stands in {@code text} from {@code from} to {@code to}, exclusive. */
    static Optional<ValueType> ofTag(String text, int from, int to) {
        for (ValueType type : ALL) {
            if (type.tag.length() == to - from && text.startsWith(type.tag, from)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
