package io.quarkiverse.tokenstorage.sops.age;

import java.util.Arrays;
import java.util.Base64;

import io.quarkiverse.tokenstorage.sops.text.StrictBase64;

/**
 * The ASCII armor of the age format (C2SP age.md, "ASCII armor"): strict PEM in 64-column lines. Tolerates what age itself
 * does: up to 1024 bytes of blank space around it, and CRLF.
 */
final class AgeArmor {

    private static final String HEADER = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String FOOTER = "-----END AGE ENCRYPTED FILE-----";
    private static final int COLUMNS = 64;
    private static final int LONGEST_BLANK_SPACE = 1024;
    private static final byte[] LINE_FEED = { '\n' };

    private AgeArmor() {
    }

    /** With a final line feed, as {@code age -a} and sops write it. */
    static String encode(byte[] file) {
        String body = Base64.getMimeEncoder(COLUMNS, LINE_FEED).encodeToString(file);
        return HEADER + '\n' + body + '\n' + FOOTER + '\n';
    }

    /** @throws IllegalArgumentException if it is not strictly armored; the message says nothing of the content */
    static byte[] decode(String text) {
        int start = text.indexOf(HEADER);
        int end = text.indexOf(FOOTER, Math.max(start, 0));
        if (start < 0 || start > 0 && text.charAt(start - 1) != '\n' || !isBlank(text, 0, start)) {
            throw new IllegalArgumentException("the armor header is missing");
        }
        if (end < 0 || !endsAfterFooter(text, end + FOOTER.length())) {
            throw new IllegalArgumentException("the armor footer is missing or not the end");
        }
        byte[] file = new byte[end - start];
        int length = 0;
        int position = endOfLine(text, start + HEADER.length(), end);
        while (position < end) {
            int feed = text.indexOf('\n', position);
            if (feed < 0 || feed > end) {
                throw new IllegalArgumentException("the armor footer is not a line of its own");
            }
            int lineEnd = feed > position && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            length += decodeLine(text, position, lineEnd, feed + 1 == end, file, length);
            position = feed + 1;
        }
        return Arrays.copyOf(file, length);
    }

    /** Only the last line may be shorter, and padded. */
    private static int decodeLine(String text, int from, int to, boolean last, byte[] file, int at) {
        int columns = to - from;
        if (columns == 0 || columns > COLUMNS || columns < COLUMNS && !last) {
            throw new IllegalArgumentException("a line of the armor is empty or has the wrong length");
        }
        int length = last ? StrictBase64.decodedLength(text, from, to) : StrictBase64.bareLength(from, to);
        boolean canonical = last ? StrictBase64.decode(text, from, to, file, at)
                : StrictBase64.decodeBare(text, from, to, file, at);
        if (!canonical) {
            throw new IllegalArgumentException("the armored text is not canonical Base64");
        }
        return length;
    }

    private static int endOfLine(String text, int position, int end) {
        int feed = text.charAt(position) == '\r' ? position + 1 : position;
        if (feed >= end || text.charAt(feed) != '\n') {
            throw new IllegalArgumentException("the armor header is not a line of its own");
        }
        return feed + 1;
    }

    /** Nothing but a line break may be in the line of the footer. */
    private static boolean endsAfterFooter(String text, int position) {
        int end = text.startsWith("\r", position) ? position + 1 : position;
        return end == text.length() || text.charAt(end) == '\n' && isBlank(text, end + 1, text.length());
    }

    private static boolean isBlank(String text, int from, int to) {
        if (to - from > LONGEST_BLANK_SPACE) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (" \t\r\n".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
