package io.quarkiverse.tokenstorage.sops;

/**
 * The environment variables in which sops takes age identities ({@code age/keysource.go}), as far as both engines know them.
 */
public final class IdentityVariables {

    /** Identities themselves, which no child process needs to see. */
    public static final String AGE_KEY = "SOPS_AGE_KEY";

    /** The path of a file with identities. */
    public static final String AGE_KEY_FILE = "SOPS_AGE_KEY_FILE";

    private IdentityVariables() {
    }
}
