package io.quarkiverse.tokenstorage.sops.age;

import java.security.SecureRandom;
import java.util.Locale;

import com.exceptionfactory.jagged.RecipientStanzaWriter;

/** Makes master keys of the texts of recipients. */
final class AgeRecipients {

    private static final int LONGEST_SHOWN = 80;
    private static final int SHOWN_START = 32;
    private static final int SHOWN_END = 24;

    private final X25519 x25519;
    private final SecureRandom random;

    AgeRecipients(X25519 x25519, SecureRandom random) {
        this.x25519 = x25519;
        this.random = random;
    }

    /**
     * @param text without blanks around it
     * @throws IllegalArgumentException if it is no recipient that can be used here; the message is for people and does not
     *         quote a text that could be a secret pasted in the wrong place
     */
    AgeMasterKey masterKey(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an age recipient is empty (a comma too many?)");
        }
        return switch (AgeRecipient.of(text)) {
            case UNKNOWN -> throw new IllegalArgumentException(unknown(text));
            case PLUGIN ->
                throw new IllegalArgumentException("recipients of age plugins (age1<name>1…) are for sops itself only: "
                        + AgeRecipient.EXECUTABLE_ENGINE + ", or use another recipient");
            default -> new AgeMasterKey(text, withoutComment(text), writer(text), random);
        };
    }

    private RecipientStanzaWriter writer(String text) {
        try {
            return switch (AgeRecipient.of(text)) {
                case POST_QUANTUM -> HybridRecipient.parse(text, random);
                case SSH -> SshPublicKey.parse(text).stanzaWriter(x25519, random);
                default -> X25519Recipient.parse(text, x25519, random);
            };
        } catch (MissingBouncyCastleException e) {
            throw new IllegalArgumentException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("malformed age recipient " + shown(text) + ": " + e.getMessage()
                    + "; copy the public key again");
        }
    }

    /** An SSH key may have a comment behind it, which does not tell keys apart. */
    static String withoutComment(String text) {
        if (AgeRecipient.of(text) != AgeRecipient.SSH) {
            return text;
        }
        String[] words = text.strip().split("[ \t]+", 3);
        return words.length < 2 ? text : words[0] + ' ' + words[1];
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
        return "unknown recipient type: an age recipient starts with age1, ssh-ed25519 or ssh-rsa";
    }

    /** A recipient for a message: short, printable, in quotes. */
    static String shown(String text) {
        String cut = text.length() <= LONGEST_SHOWN ? text
                : text.substring(0, SHOWN_START) + "…" + text.substring(text.length() - SHOWN_END);
        return "'" + cut.replaceAll("[^\\x20-\\x7e…]", "?") + "'";
    }
}
