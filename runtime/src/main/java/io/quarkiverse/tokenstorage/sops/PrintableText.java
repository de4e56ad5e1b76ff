package io.quarkiverse.tokenstorage.sops;

/** Text from a file made fit for a one-line message: control characters replaced, cut to a bounded length. */
public final class PrintableText {

    private static final int MAX_LENGTH = 200;

    private PrintableText() {
    }

    /** At most 200 characters of the text, and an ellipsis if there were more. */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    public static String of(String text, int maxLength) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        for (int i = 0; i < text.length() && i < maxLength; i++) {
            char c = text.charAt(i);
            printable.append(isPlain(c) ? c : '?');
        }
        return text.length() > maxLength ? printable.append('…').toString() : printable.toString();
    }

    /** Format characters can reorder or hide what follows; halves of pairs may be cut off. */
    private static boolean isPlain(char c) {
        return !Character.isISOControl(c) && !Character.isSurrogate(c) && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.LINE_SEPARATOR && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
    }
}
