package io.quarkiverse.tokenstorage.interop.conformance.value;

import java.util.List;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;

/** A selector of a rule, with the names of a member that it has encrypted and of one that it leaves in clear. */
public enum SelectorCase {

    NONE("no selector", "", "value", "value_unencrypted"),
    UNENCRYPTED_SUFFIX("unencrypted suffix", "unencrypted_suffix: _public", "value", "value_public"),
    ENCRYPTED_SUFFIX("encrypted suffix", "encrypted_suffix: _secret", "value_secret", "value"),
    UNENCRYPTED_REGEX("unencrypted regex", "unencrypted_regex: '^(note|.*_public)$'", "value", "value_public"),
    ENCRYPTED_REGEX("encrypted regex", "encrypted_regex: '_token$|^secret'", "access_token", "note"),
    /** JSON has no comments, so all is encrypted. */
    UNENCRYPTED_COMMENT_REGEX("unencrypted comment regex", "unencrypted_comment_regex: value", "value", "note"),
    /** JSON has no comments, so nothing is encrypted. */
    ENCRYPTED_COMMENT_REGEX("encrypted comment regex", "encrypted_comment_regex: value", "value", "note");

    private final String title;
    private final String line;
    private final String encryptedName;
    private final String clearName;

    SelectorCase(String title, String line, String encryptedName, String clearName) {
        this.title = title;
        this.line = line;
        this.encryptedName = encryptedName;
        this.clearName = clearName;
    }

    public String title() {
        return title;
    }

    /** The names of the members of a document that is to show what it does. */
    public List<String> memberNames() {
        return List.of(encryptedName, clearName);
    }

    /** Whether it has the member with this name encrypted. */
    public boolean selects(String memberName) {
        return switch (this) {
            case UNENCRYPTED_COMMENT_REGEX -> true;
            case ENCRYPTED_COMMENT_REGEX -> false;
            default -> memberName.equals(encryptedName);
        };
    }

    /** A rules file with this selector. */
    public String rules(KeyGroupsText keys, boolean macOnlyEncrypted) {
        return "creation_rules:\n" + keys.text() + (line.isEmpty() ? "" : "    " + line + "\n")
                + (macOnlyEncrypted ? "    mac_only_encrypted: true\n" : "");
    }
}
