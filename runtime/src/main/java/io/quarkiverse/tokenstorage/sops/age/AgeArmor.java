package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

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
        if (start < 0 || !isBlank(text, 0, start)) {
            throw new IllegalArgumentException("the armor header is missing");
        }
        if (end < 0 || !isBlank(text, end + FOOTER.length(), text.length())) {
            throw new IllegalArgumentException("the armor footer is missing or not the end");
        }
        StringBuilder body = new StringBuilder(end - start);
        int position = endOfLine(text, start + HEADER.length(), end);
        boolean last = false;
        while (position < end) {
            int feed = text.indexOf('\n', position);
            int lineEnd = feed > position && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            int length = lineEnd - position;
            if (last || feed < 0 || feed > end || length == 0 || length > COLUMNS) {
                throw new IllegalArgumentException("a line of the armor is empty or has the wrong length");
            }
            body.append(text, position, lineEnd);
            last = length < COLUMNS;
            position = feed + 1;
        }
        return strictBase64(body);
    }

    private static int endOfLine(String text, int position, int end) {
        int feed = text.charAt(position) == '\r' ? position + 1 : position;
        if (feed >= end || text.charAt(feed) != '\n') {
            throw new IllegalArgumentException("the armor header is not a line of its own");
        }
        return feed + 1;
    }

    /** Java's decoder takes missing padding and stray bits in the last character; age does not. */
    private static byte[] strictBase64(StringBuilder body) {
        byte[] encoded = body.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the armored text is not Base64");
        }
        if (!Arrays.equals(Base64.getEncoder().encode(decoded), encoded)) {
            throw new IllegalArgumentException("the armored text is not canonical Base64");
        }
        return decoded;
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
