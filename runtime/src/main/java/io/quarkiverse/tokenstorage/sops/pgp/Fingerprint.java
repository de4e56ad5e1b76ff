package io.quarkiverse.tokenstorage.sops.pgp;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * The text in {@code fp} that names a PGP key. It becomes an argument of a program, so nothing passes but hexadecimal digits
 * and the {@code !} of a subkey.
 *
 * @param text as it stands in rule and file, without blanks
 * @param digits of the fingerprint or long key ID, in upper case
 * @param exact whether this very (sub)key is meant and not the best of its whole key
 */
record Fingerprint(String text, String digits, boolean exact) {

    private static final Pattern FORM = Pattern.compile("(?:0[xX])?(\\p{XDigit}+)(!?)");
    private static final int LONG_KEY_ID = 16;

    /** @throws IllegalArgumentException if it is none; the message says what to write instead */
    static Fingerprint parse(String text) {
        String compact = text.replace(" ", "");
        Matcher form = FORM.matcher(compact);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + PrintableText.of(text) + "' is not the fingerprint of a PGP key: write"
                    + " its 40 hexadecimal digits, as gpg --list-keys shows them, with ! at the end to force a subkey");
        }
        int length = form.group(1).length();
        if (length != LONG_KEY_ID && length != 40 && length != 64) {
            throw new IllegalArgumentException("'" + PrintableText.of(text) + "' has " + length + " hexadecimal digits, and the"
                    + " fingerprint of a PGP key has 40: gpg --list-keys shows all of them");
        }
        return new Fingerprint(compact, form.group(1).toUpperCase(Locale.ROOT), !form.group(2).isEmpty());
    }

    /** Whether this and another text, a whole fingerprint, name the same key. */
    boolean names(String fingerprint) {
        return fingerprint.replace("!", "").toUpperCase(Locale.ROOT).endsWith(digits);
    }
}
