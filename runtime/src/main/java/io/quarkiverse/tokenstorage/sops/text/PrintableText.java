package io.quarkiverse.tokenstorage.sops.text;

import java.util.regex.Pattern;

/**
 * Text from a file made fit for a one-line message: control characters and what could be markup replaced, cut to a bounded
 * length, without the age identities that people paste in the wrong place.
 */
public final class PrintableText {

    private static final int MAX_LENGTH = 200;

    private static final int SHORTEST_IDENTITY = 11;
    /** More than what messages say an identity begins with; or the ellipsis of one that was shortened before. */
    private static final Pattern IDENTITY = Pattern.compile(
            "(AGE-SECRET-KEY-(?=[A-Z0-9-]{5}|…)|AGE-PLUGIN-[A-Z0-9+._]+-(?=[A-Z0-9-]{2}|…))[A-Z0-9-]*…?",
            Pattern.CASE_INSENSITIVE);

    private PrintableText() {
    }

    /** At most 200 characters of the text, and an ellipsis if there were more. */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    public static String of(String text, int maxLength) {
        return cut(withoutIdentities(text, "$1…"), maxLength);
    }

    /**
     * The text with something else in the place of each age identity.
     *
     * @param replacement as in {@link java.util.regex.Matcher#replaceAll(String)}; group 1 is what an identity begins with
     */
    public static String withoutIdentities(String text, String replacement) {
        return text.length() < SHORTEST_IDENTITY ? text : IDENTITY.matcher(text).replaceAll(replacement);
    }

    /** Whether there is an age identity in it. */
    public static boolean holdsIdentity(String text) {
        return IDENTITY.matcher(text).find();
    }

    private static String cut(String text, int maxLength) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        for (int i = 0; i < text.length() && i < maxLength; i++) {
            char c = text.charAt(i);
            printable.append(isPlain(c) ? shown(c) : '?');
        }
        return text.length() > maxLength ? printable.append('…').toString() : printable.toString();
    }

    /** Logs and messages are shown in web pages, too, and not all of these escape them. */
    private static char shown(char c) {
        return c == '<' ? '‹' : c == '>' ? '›' : c;
    }

    /** Format characters can reorder or hide what follows; halves of pairs may be cut off. */
    private static boolean isPlain(char c) {
        return !Character.isISOControl(c) && !Character.isSurrogate(c) && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.LINE_SEPARATOR && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
    }
}
