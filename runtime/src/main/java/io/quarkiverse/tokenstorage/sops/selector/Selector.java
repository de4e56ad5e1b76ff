package io.quarkiverse.tokenstorage.sops.selector;

/**
 * Which values of a document are encrypted: one of the six selectors of SOPS with its suffix or RE2 pattern.
 *
 * @param kind which of the six
 * @param pattern suffix or regular expression as written in rule or file; never empty
 */
public record Selector(Kind kind, String pattern) {

    /** What SOPS does when neither rule nor file says otherwise. */
    public static final Selector DEFAULT = new Selector(Kind.UNENCRYPTED_SUFFIX, "_unencrypted");

    /** The selectors, with their names in rules and in the {@code sops} block. */
    public enum Kind {
        UNENCRYPTED_SUFFIX("unencrypted_suffix"),
        ENCRYPTED_SUFFIX("encrypted_suffix"),
        UNENCRYPTED_REGEX("unencrypted_regex"),
        ENCRYPTED_REGEX("encrypted_regex"),
        UNENCRYPTED_COMMENT_REGEX("unencrypted_comment_regex"),
        ENCRYPTED_COMMENT_REGEX("encrypted_comment_regex");

        private final String fieldName;

        Kind(String fieldName) {
            this.fieldName = fieldName;
        }

        public String fieldName() {
            return fieldName;
        }
    }
}
