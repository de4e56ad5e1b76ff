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
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(what + " holds half of a surrogate pair, which cannot be stored: it was cut"
                        + " off inside a character");
            }
        }
        return text;
    }
}
