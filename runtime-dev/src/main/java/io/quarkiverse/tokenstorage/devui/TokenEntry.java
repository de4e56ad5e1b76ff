package io.quarkiverse.tokenstorage.devui;

import java.util.List;

/**
 * One line of the list. Holds no token. Moments are milliseconds since 1970; what is not known is null.
 *
 * @param provider its name
 * @param backend the name of the backend that keeps it, or the class of the application's own storage
 * @param file where it is; null if it is in no file
 * @param version differs from that of the token before and after it; empty if nothing is known of the token
 * @param state whether it can be read
 * @param cause why not, in one line; null if it can
 * @param fix what to do about it; null if there is nothing to do
 * @param lockedBy who holds the lock at this moment, so that saving has to wait, or perhaps does; null if nobody is seen to
 * @param unverified whether the following come from a file that no key opened: somebody may have changed them
 * @param tokenType such as {@code Bearer}
 * @param expiresAt the end of its validity
 * @param issuedAt the moment of the token response
 * @param refreshable whether there is a refresh token
 * @param scopes in the order of the token response
 * @param encryption for whom it is encrypted; null if it is not
 */
public record TokenEntry(String provider, String backend, StoredFile file, String version, State state, String cause,
        String fix, String lockedBy, boolean unverified, String tokenType, Long expiresAt, Long issuedAt, boolean refreshable,
        List<String> scopes, Encryption encryption) {

    /** Whether a token can be read. */
    public enum State {
        READABLE,
        /** It is being read for the first time, and its keys take their time. */
        READING,
        /** Opening it takes a program, a service or a passphrase, and nobody has asked for that yet. */
        NOT_TRIED,
        /** The configuration names the provider, and nothing is stored. */
        ABSENT,
        /** The file has no content. */
        EMPTY,
        DAMAGED,
        /** Of the encrypted backend, but in clear. */
        NOT_ENCRYPTED,
        /** No key at hand opens it. */
        NO_KEY,
        INACCESSIBLE,
        /** A setting is missing or wrong. */
        NOT_CONFIGURED,
        /** The application does not look at this file. */
        UNUSED
    }

    /**
     * For whom a token is encrypted.
     *
     * @param recipients as the file names them
     * @param groupsNeeded how many key groups are needed, if there are several; else 0
     * @param rule where the keys of the next save come from; null if there is no rule
     * @param sameKeys whether those are the keys of the file; null if that cannot be told
     * @param ruleProblem why there is no rule; null if there is one
     */
    public record Encryption(List<Recipient> recipients, int groupsNeeded, String rule, Boolean sameKeys,
            String ruleProblem) {
    }

    /**
     * A key that opens the file.
     *
     * @param kind {@code age}, {@code pgp}, {@code kms}, …
     * @param identity the recipient, fingerprint or ARN
     * @param group its key group, from 1
     */
    public record Recipient(String kind, String identity, int group) {
    }

    /**
     * What is told of the token itself.
     *
     * @param unverified whether it comes from a file that no key opened
     */
    record Content(boolean unverified, String tokenType, Long expiresAt, Long issuedAt, boolean refreshable,
            List<String> scopes) {

        /** Nothing is known of it, or there is none. */
        static final Content NONE = new Content(false, null, null, null, false, List.of());
    }

    /** Nobody is seen to hold its lock. */
    TokenEntry(String provider, String backend, StoredFile file, String version, State state, String cause, String fix,
            Content content, Encryption encryption) {
        this(provider, backend, file, version, state, cause, fix, null, content.unverified, content.tokenType,
                content.expiresAt,
                content.issuedAt, content.refreshable, content.scopes, encryption);
    }

    /** The same token while somebody else holds the lock, or nobody does any more. */
    TokenEntry lockedBy(String holder) {
        return new TokenEntry(provider, backend, file, version, state, cause, fix, holder, unverified, tokenType, expiresAt,
                issuedAt,
                refreshable, scopes, encryption);
    }

    /** Nothing but where it is and how that is. */
    static TokenEntry of(String provider, String backend, StoredFile file, State state, String cause, String fix) {
        return new TokenEntry(provider, backend, file, versionOf(file), state, cause, fix, Content.NONE, null);
    }

    /** What is known of a token that is not read. */
    static String versionOf(StoredFile file) {
        return file == null ? "" : file.version();
    }
}
