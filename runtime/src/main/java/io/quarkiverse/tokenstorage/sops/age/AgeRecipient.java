package io.quarkiverse.tokenstorage.sops.age;

/**
 * The kinds of recipients that sops knows, told by the same tests in the same order ({@code age/keysource.go},
 * {@code parseRecipient}).
 */
enum AgeRecipient {

    POST_QUANTUM("add the identity (" + HybridIdentity.PREFIX + "…) to one of these or set SOPS_AGE_KEY_FILE to its file"),
    /** Recipients of tags ({@code age1tag1…}) are among these. */
    PLUGIN("it is for an age plugin, which sops itself runs: set auth.storage.sops.engine=executable"),
    X25519("add the identity to one of these or set SOPS_AGE_KEY_FILE to its file"),
    SSH("set SOPS_AGE_SSH_PRIVATE_KEY_FILE to the file of its private key, or put that in ~/.ssh/id_ed25519 or ~/.ssh/id_rsa"),
    UNKNOWN("add the identity to one of these or set SOPS_AGE_KEY_FILE to its file");

    /** What helps where only the real program can. */
    static final String EXECUTABLE_ENGINE = "set auth.storage.sops.engine=executable";

    private final String remedy;

    AgeRecipient(String remedy) {
        this.remedy = remedy;
    }

    static AgeRecipient of(String text) {
        if (text.startsWith("age1pq1")) {
            return POST_QUANTUM;
        }
        if (text.startsWith("age1")) {
            return text.indexOf('1', 4) >= 0 ? PLUGIN : X25519;
        }
        return text.startsWith("ssh-") ? SSH : UNKNOWN;
    }

    /** What to do if no identity opens an entry for such a recipient. */
    String remedy() {
        return remedy;
    }
}
