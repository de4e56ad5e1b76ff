package io.quarkiverse.tokenstorage.sops.age;

/** Identities stay under their passphrase; the message tells people which, why, and what to do. */
final class LockedIdentityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean asked;

    LockedIdentityException(String message, boolean asked) {
        super(message);
        this.asked = asked;
    }

    /** Whether somebody was asked and did not know: then it makes no sense to ask for others. */
    boolean wasAsked() {
        return asked;
    }
}
