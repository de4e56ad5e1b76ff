package io.quarkiverse.tokenstorage.sops.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 (RFC 4648 section 4) in the middle of other text, in both directions and without copies on the way. Reading is strict:
 * one text for each sequence of bytes, so that no changed character goes unnoticed. Java's decoder overlooks missing padding
 * and the bits that the last character has to spare.
 */
public final class StrictBase64 {

    private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte PADDING = '=';
    private static final int NONE = -1;

    /** The value of each ASCII character. */
    private static final byte[] VALUES = new byte[0x80];

    static {
        Arrays.fill(VALUES, (byte) NONE);
        for (byte value = 0; value < ALPHABET.length; value++) {
            VALUES[ALPHABET[value]] = value;
        }
    }

    private StrictBase64() {
    }

    /** How many characters stand for so many bytes, padding included. */
    public static int encodedLength(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /**
     * Writes characters with padding.
     *
     * @param bytes those from {@code from} to {@code to}, exclusive
     * @param text receives the characters, each as a byte, at {@code at}
     * @return where they end
     */
    public static int encode(byte[] bytes, int from, int to, byte[] text, int at) {
        int out = at;
        int whole = to - (to - from) % 3;
        for (int i = from; i < whole; i += 3) {
            out = put(bytes[i], bytes[i + 1], bytes[i + 2], text, out);
        }
        if (whole < to) {
            boolean two = to - whole == 2;
            out = put(bytes[whole], two ? bytes[whole + 1] : 0, 0, text, out);
            text[out - 1] = PADDING;
            if (!two) {
                text[out - 2] = PADDING;
            }
        }
        return out;
    }

    private static int put(int first, int second, int third, byte[] text, int at) {
        int bits = (first & 0xFF) << 16 | (second & 0xFF) << 8 | third & 0xFF;
        text[at] = ALPHABET[bits >> 18];
        text[at + 1] = ALPHABET[bits >> 12 & 0x3F];
        text[at + 2] = ALPHABET[bits >> 6 & 0x3F];
        text[at + 3] = ALPHABET[bits & 0x3F];
        return at + 4;
    }

    /**
     * How many bytes characters with padding stand for if they are Base64.
     *
     * @param text its characters from {@code from} to {@code to}, exclusive
     * @return -1 if there are not four of them for each three bytes
     */
    public static int decodedLength(String text, int from, int to) {
        return (to - from) % 4 != 0 ? NONE : bareLength(from, paddingStart(text, from, to));
    }

    /**
     * Reads characters with padding.
     *
     * @param bytes receives {@link #decodedLength} bytes at {@code at}
     * @return whether they are canonical Base64; if not, what {@code bytes} receives means nothing
     */
    public static boolean decode(String text, int from, int to, byte[] bytes, int at) {
        return (to - from) % 4 == 0 && decodeBare(text, from, paddingStart(text, from, to), bytes, at);
    }

    /** As {@link #decodedLength}, for characters without padding. */
    public static int bareLength(int from, int to) {
        return (to - from) % 4 == 1 ? NONE : (int) ((to - from) * 3L / 4);
    }

    /** As {@link #decode}, for characters without padding. */
    public static boolean decodeBare(String text, int from, int to, byte[] bytes, int at) {
        int rest = (to - from) % 4;
        int whole = to - rest;
        int out = at;
        // Negative as soon as one character is none of the alphabet
        int seen = 0;
        for (int i = from; i < whole; i += 4) {
            int bits = value(text, i) << 18 | value(text, i + 1) << 12 | value(text, i + 2) << 6 | value(text, i + 3);
            seen |= bits;
            bytes[out] = (byte) (bits >> 16);
            bytes[out + 1] = (byte) (bits >> 8);
            bytes[out + 2] = (byte) bits;
            out += 3;
        }
        if (rest == 0 || seen < 0) {
            return seen >= 0;
        }
        return rest > 1 && decodeRest(text, whole, rest, bytes, out);
    }

    private static boolean decodeRest(String text, int from, int characters, byte[] bytes, int at) {
        int bits = value(text, from) << 18 | value(text, from + 1) << 12 | (characters == 3 ? value(text, from + 2) << 6 : 0);
        bytes[at] = (byte) (bits >> 16);
        if (characters == 3) {
            bytes[at + 1] = (byte) (bits >> 8);
        }
        return bits >= 0 && (bits & (characters == 3 ? 0xFF : 0xFFFF)) == 0;
    }

    private static int value(String text, int index) {
        char c = text.charAt(index);
        return c < VALUES.length ? VALUES[c] : NONE;
    }

    private static int paddingStart(String text, int from, int to) {
        int start = to;
        while (start > from && start > to - 2 && text.charAt(start - 1) == PADDING) {
            start--;
        }
        return start;
    }
}
