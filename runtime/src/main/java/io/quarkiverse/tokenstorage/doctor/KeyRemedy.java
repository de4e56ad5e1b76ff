package io.quarkiverse.tokenstorage.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KeyKind;

/**
 * What to do about a key that fails. The messages of this library end in a colon and the remedy; it is taken from there if it
 * reads like one, for it is about this very fault. Otherwise there is one for each kind of key.
 *
 * @param problem the message without the remedy
 */
record KeyRemedy(String problem, String fix) {

    private static final Pattern WITH_REMEDY = Pattern.compile("(?<problem>.+): (?<fix>(?:gpg --|add|allow|cancel|check|correct"
            + "|enable|extend|give|import|install|mend|name|provide|put|renew|set|see|try|unset|use|write)\\b.+?)(?:\\. gpg says: .*)?");

    /** @param rule that names the key */
    static KeyRemedy ofEncryption(KeyKind kind, TokenStorageException failure, String rule) {
        return of(failure.getMessage(), failure instanceof NoAnswerException ? whereToLook(kind) : switch (kind) {
            case AGE -> "correct the recipient in " + rule;
            case PGP -> "see the key with gpg --list-keys, and mend it or name another one in " + rule;
            default -> "see whether the key is enabled and its use allowed, or name another one in " + rule;
        });
    }

    /** @param rule that names the key; or the file that has an entry for it */
    static KeyRemedy ofDecryption(KeyOpening.Result opening, String rule) {
        return of(opening.reason(), !opening.answered() ? whereToLook(opening.kind()) : switch (opening.kind()) {
            case AGE -> "put its identity where the first checks looked for it, or add a recipient of your own to " + rule;
            case PGP -> "import its secret key (gpg --import), or add a key of your own to " + rule;
            default -> "allow kms:Decrypt to the credentials in use, or add a key of your own to " + rule;
        });
    }

    private static KeyRemedy of(String message, String otherwise) {
        Optional<Matcher> matcher = Optional.of(WITH_REMEDY.matcher(message)).filter(Matcher::matches);
        return new KeyRemedy(matcher.map(found -> found.group("problem")).orElse(message),
                matcher.map(found -> found.group("fix")).orElse(otherwise));
    }

    private static String whereToLook(KeyKind kind) {
        return switch (kind) {
            case AGE -> "see whether the program that prints identities waits for something";
            case PGP -> "see whether 'gpg --list-secret-keys' answers, and restart its agent: gpgconf --kill gpg-agent";
            default -> "check the network, AWS_ENDPOINT_URL, and what gives the credentials";
        };
    }

    /** Who is waited for. */
    static String server(KeyKind kind) {
        return switch (kind) {
            case AGE -> "a program that prints age identities";
            case PGP -> "gpg";
            default -> "AWS KMS, or from what gives the credentials";
        };
    }
}
