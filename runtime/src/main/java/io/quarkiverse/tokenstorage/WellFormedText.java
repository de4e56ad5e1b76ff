package io.quarkiverse.tokenstorage;

/** Refuses text that UTF-8 cannot hold, and so no file: it would come back as another text. */
final class WellFormedText {

    private WellFormedText() {
    }

    /**
     * @param text may be null
     * @param what names the text in the message, which never quotes it
     * @throws IllegalArgumentException if there is a surrogate without its partner
     */
    static String require(String text, String what) {
        if (text != null && !isWellFormed(text)) {
            throw new IllegalArgumentException(what + " holds half of a surrogate pair, which cannot be stored: it was cut"
                    + " off inside a character");
        }
        return text;
    }

    /** As {@link #require}, for the value of a member of the metadata. */
    static String requireMember(String text, String member) {
        return isWellFormed(text) ? text : require(text, "Metadata member '" + member + "'");
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
