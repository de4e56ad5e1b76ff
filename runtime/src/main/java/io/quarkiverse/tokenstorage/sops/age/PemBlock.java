package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first block of a PEM file (RFC 1421 with headers, as OpenSSL wrote them; RFC 7468 without).
 *
 * @param content decoded; secret
 */
record PemBlock(String label, Map<String, String> headers, byte[] content) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** @throws IllegalArgumentException if there is none; the message is for people and holds nothing of it */
    static PemBlock parse(byte[] file) {
        int begin = indexOf(file, BEGIN, 0);
        int afterLabel = begin < 0 ? -1 : indexOf(file, DASHES, begin + BEGIN.length());
        if (afterLabel < 0 || begin > 0 && file[begin - 1] != '\n') {
            throw new IllegalArgumentException("it holds no private key in PEM form (-----BEGIN …)");
        }
        String label = new String(file, begin + BEGIN.length(), afterLabel - begin - BEGIN.length(), StandardCharsets.US_ASCII);
        int start = afterLabel + DASHES.length();
        int end = indexOf(file, END + label + DASHES, start);
        if (end < 0) {
            throw new IllegalArgumentException("its end (-----END …) is missing");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        int body = readHeaders(file, start, end, headers);
        return new PemBlock(label, headers, base64(file, body, end));
    }

    /** @return where the body starts */
    private static int readHeaders(byte[] file, int start, int end, Map<String, String> headers) {
        int position = indexOf(file, "\n", start) + 1;
        while (position > 0 && position < end) {
            int feed = indexOf(file, "\n", position);
            int colon = indexOf(file, ":", position);
            if (colon < 0 || colon > feed) {
                break;
            }
            headers.put(text(file, position, colon), text(file, colon + 1, feed));
            position = feed + 1;
        }
        return Math.min(Math.max(position, start), end);
    }

    private static String text(byte[] file, int from, int to) {
        return new String(file, from, to - from, StandardCharsets.US_ASCII).strip();
    }

    private static byte[] base64(byte[] file, int from, int to) {
        byte[] dense = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (file[i] > ' ') {
                dense[length++] = file[i];
            }
        }
        byte[] encoded = Arrays.copyOf(dense, length);
        Arrays.fill(dense, (byte) 0);
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            // Not the cause: its message quotes a character
            throw new IllegalArgumentException("it is not Base64 between its first and last line");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static int indexOf(byte[] file, String ascii, int from) {
        for (int i = from; i <= file.length - ascii.length(); i++) {
            int matching = 0;
            while (matching < ascii.length() && file[i + matching] == ascii.charAt(matching)) {
                matching++;
            }
            if (matching == ascii.length()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
