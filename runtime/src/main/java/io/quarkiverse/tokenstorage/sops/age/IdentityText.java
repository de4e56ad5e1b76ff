package io.quarkiverse.tokenstorage.sops.age;

import java.util.List;

/**
 * The identities of one source, read by the rules of sops ({@code age/keysource.go}, {@code parseIdentities}): one a line,
 * empty lines and those that start with {@code #} are skipped, nothing is trimmed, one bad line spoils the whole source.
 *
 * @param identities the receiver closes them
 * @param unusable what else is there that sops could use and this process cannot, and the remedy, in words for people
 */
record IdentityText(List<? extends Identity> identities, List<String> unusable) {

    IdentityText {
        identities = List.copyOf(identities);
        unusable = List.copyOf(unusable);
    }

    /**
     * @param content is left as it is
     * @param wordsToo whether several identities may stand in a line, separated by white space
     * @throws IllegalArgumentException if a line is wrong; the message tells its number and nothing of its content
     */
    static IdentityText parse(byte[] content, boolean wordsToo, X25519 x25519) {
        return new IdentityLines(x25519, true).read(content, wordsToo);
    }

    /**
     * What was under a passphrase, where age takes native identities only, and at least one ({@code parse.go},
     * {@code ParseIdentities}).
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    static IdentityText parseProtected(byte[] content, X25519 x25519) {
        IdentityText text = new IdentityLines(x25519, false).read(content, false);
        if (text.identities().isEmpty() && text.unusable().isEmpty()) {
            throw new IllegalArgumentException("no identities found");
        }
        return text;
    }
}
