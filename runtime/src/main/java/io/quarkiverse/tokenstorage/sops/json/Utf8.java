package io.quarkiverse.tokenstorage.sops.json;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as Go, and so sops, converts it: each byte that is not part of a well-formed sequence becomes one U+FFFD, and so does
 * each surrogate without its partner. Java replaces whole sequences at once and writes {@code ?} for lone surrogates.
 */
public final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {
    }

    public static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeByteWise(bytes);
    }

    public static byte[] encode(String text) {
        return wellFormed(text).getBytes(StandardCharsets.UTF_8);
    }

    /** The text itself if all its surrogates are paired. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceLoneSurrogates(text, i);
            }
        }
        return text;
    }

    private static String replaceLoneSurrogates(String text, int start) {
        char[] chars = text.toCharArray();
        for (int i = start; i < chars.length; i++) {
            if (Character.isHighSurrogate(chars[i]) && i + 1 < chars.length && Character.isLowSurrogate(chars[i + 1])) {
                i++;
            } else if (Character.isSurrogate(chars[i])) {
                chars[i] = REPLACEMENT;
            }
        }
        return new String(chars);
    }

    private static String decodeByteWise(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            i += append(bytes, i, text);
        }
        return text.toString();
    }

    /**
     * Appends the character at {@code i}.
     *
     * @return how many bytes it takes
     */
    static int append(byte[] bytes, int i, StringBuilder text) {
        int length = sequenceLength(bytes, i);
        if (length == 0) {
            text.append(REPLACEMENT);
            return 1;
        }
        text.appendCodePoint(codePoint(bytes, i, length));
        return length;
    }

    /** The length of the well-formed sequence at {@code i} (Unicode, table 3-7), or 0. */
    private static int sequenceLength(byte[] bytes, int i) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        if (lead < 0xE0) {
            return continues(bytes, i + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead < 0xF0) {
            boolean second = continues(bytes, i + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
            return second && continues(bytes, i + 2, 0x80, 0xBF) ? 3 : 0;
        }
        boolean second = continues(bytes, i + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        return second && continues(bytes, i + 2, 0x80, 0xBF) && continues(bytes, i + 3, 0x80, 0xBF) ? 4 : 0;
    }

    private static boolean continues(byte[] bytes, int i, int low, int high) {
        return i < bytes.length && (bytes[i] & 0xFF) >= low && (bytes[i] & 0xFF) <= high;
    }

    private static int codePoint(byte[] bytes, int i, int length) {
        int lead = bytes[i] & 0xFF;
        if (length == 1) {
            return lead;
        }
        int codePoint = lead & (0xFF >> (length + 1));
        for (int j = 1; j < length; j++) {
            codePoint = codePoint << 6 | bytes[i + j] & 0x3F;
        }
        return codePoint;
    }
}
