package io.quarkiverse.tokenstorage.sops.age;

import java.util.Arrays;
import java.util.Locale;

/**
 * The text of an age recipient and what kind it is, told by the same tests in the same order as sops
 * ({@code age/keysource.go}, {@code parseRecipient}).
 */
final class AgeRecipient {

    /** The kinds of recipients that sops knows. */
    enum Kind {
        POST_QUANTUM("post-quantum age recipients (age1pq1…) are"),
        PLUGIN("recipients of age plugins (age1<name>1…) are"),
        X25519("X25519 recipients are"),
        SSH("SSH recipients (ssh-…) are"),
        UNKNOWN("unknown recipients are");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /** The subject of a sentence about this kind, with its verb. */
        String description() {
            return description;
        }
    }

    private static final String HUMAN_READABLE_PART = "age";

    private AgeRecipient() {
    }

    static Kind kind(String text) {
        if (text.startsWith("age1pq1")) {
            return Kind.POST_QUANTUM;
        }
        if (text.startsWith("age1")) {
            return text.indexOf('1', 4) >= 0 ? Kind.PLUGIN : Kind.X25519;
        }
        return text.startsWith("ssh-") ? Kind.SSH : Kind.UNKNOWN;
    }

    /**
     * The public key of an X25519 recipient.
     *
     * @param text without blanks around it
     * @throws IllegalArgumentException if it is none; the message is for people and does not quote a text that could be a
     *         secret pasted in the wrong place
     */
    static byte[] publicKey(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an age recipient is empty (a comma too many?)");
        }
        Kind kind = kind(text);
        if (kind == Kind.UNKNOWN) {
            throw new IllegalArgumentException(unknown(text));
        }
        if (kind != Kind.X25519) {
            throw new IllegalArgumentException(kind.description() + " not built in yet: use an X25519 recipient (age1…)");
        }
        byte[] publicKey;
        try {
            publicKey = Bech32Text.decode(text, HUMAN_READABLE_PART);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("malformed age recipient " + shown(text) + ": " + e.getMessage()
                    + "; copy the public key again");
        }
        if (publicKey.length != X25519.LENGTH) {
            Arrays.fill(publicKey, (byte) 0);
            throw new IllegalArgumentException("malformed age recipient " + shown(text) + ": its length is wrong");
        }
        return publicKey;
    }

    static String text(byte[] publicKey) {
        return Bech32Text.encode(HUMAN_READABLE_PART, publicKey);
    }

    private static String unknown(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("AGE-SECRET-KEY-") || upper.contains("AGE-PLUGIN-")) {
            return "this is an age identity (a secret key), not a recipient: put its public key (age1…) here, and make a new"
                    + " identity if others can read this place";
        }
        if (upper.startsWith("AGE1")) {
            return "unknown recipient type: age recipients are written in lower case (age1…)";
        }
        return "unknown recipient type: an age recipient starts with age1";
    }

    /** A recipient for a message: short, printable, in quotes. */
    static String shown(String text) {
        return "'" + (text.length() <= 80 ? text : text.substring(0, 80) + "…").replaceAll("[^\\x20-\\x7e…]", "?") + "'";
    }
}
