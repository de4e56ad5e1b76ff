package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The identities of one source, read by the rules of sops ({@code age/keysource.go}, {@code parseIdentities}): one a line,
 * empty lines and those that start with {@code #} are skipped, nothing is trimmed, one bad line spoils the whole source.
 *
 * @param identities the X25519 identities; the receiver closes them
 * @param notBuiltIn what else is there that sops could use and this library cannot yet, in words for people
 */
record IdentityText(List<AgeIdentity> identities, List<String> notBuiltIn) {

    private static final String NOT_BUILT_IN = " not built in yet";
    private static final int MOST_IDENTITIES = 1000;

    /**
     * @param content is left as it is
     * @param wordsToo whether several identities may stand in a line, separated by white space
     * @throws IllegalArgumentException if a line is wrong; the message tells its number and nothing of its content
     */
    static IdentityText parse(byte[] content, boolean wordsToo, X25519 x25519) {
        if (isEncrypted(content)) {
            return new IdentityText(List.of(), List.of("passphrase-protected identity files are" + NOT_BUILT_IN));
        }
        List<AgeIdentity> identities = new ArrayList<>();
        List<String> notBuiltIn = new ArrayList<>();
        int line = 1;
        int start = 0;
        try {
            for (int i = 0; i <= content.length; i++) {
                if (i == content.length || content[i] == '\n') {
                    int end = i > start && content[i - 1] == '\r' ? i - 1 : i;
                    parseLine(content, start, end, wordsToo, line, x25519, identities, notBuiltIn);
                    start = i + 1;
                    line++;
                }
            }
        } catch (IllegalArgumentException e) {
            identities.forEach(AgeIdentity::close);
            throw e;
        }
        return new IdentityText(List.copyOf(identities), List.copyOf(notBuiltIn));
    }

    /** Whether the content is an age file, as one that a passphrase protects is, rather than lines of identities. */
    static boolean isEncrypted(byte[] content) {
        return startsWith(content, 0, "age-encryption") || startsWith(content, 0, "-----BEGIN AGE");
    }

    private static void parseLine(byte[] content, int start, int end, boolean wordsToo, int line, X25519 x25519,
            List<AgeIdentity> identities, List<String> notBuiltIn) {
        if (start == end || content[start] == '#') {
            return;
        }
        if (!wordsToo) {
            parseIdentity(content, start, end, line, x25519, identities, notBuiltIn);
            return;
        }
        int word = start;
        for (int i = start; i <= end; i++) {
            if (i == end || isSpace(content[i])) {
                if (i > word) {
                    parseIdentity(content, word, i, line, x25519, identities, notBuiltIn);
                }
                word = i + 1;
            }
        }
    }

    private static void parseIdentity(byte[] content, int start, int end, int line, X25519 x25519,
            List<AgeIdentity> identities, List<String> notBuiltIn) {
        if (startsWith(content, start, "AGE-PLUGIN-")) {
            addOnce(notBuiltIn, "identities of age plugins (AGE-PLUGIN-…) are" + NOT_BUILT_IN);
        } else if (startsWith(content, start, "AGE-SECRET-KEY-PQ-1")) {
            addOnce(notBuiltIn, "post-quantum identities (AGE-SECRET-KEY-PQ-1…) are" + NOT_BUILT_IN);
        } else if (!startsWith(content, start, AgeIdentity.PREFIX)) {
            throw new IllegalArgumentException("line " + line + ": unknown identity type; an identity starts with "
                    + AgeIdentity.PREFIX);
        } else if (identities.size() == MOST_IDENTITIES) {
            throw new IllegalArgumentException("line " + line + ": more than " + MOST_IDENTITIES + " identities");
        } else {
            char[] text = new char[end - start];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (content[start + i] & 0xff);
            }
            try {
                identities.add(AgeIdentity.parse(CharBuffer.wrap(text), x25519));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + line + ": malformed secret key: a character is wrong, missing or"
                        + " too many");
            } finally {
                Arrays.fill(text, '\0');
            }
        }
    }

    private static void addOnce(List<String> list, String text) {
        if (!list.contains(text)) {
            list.add(text);
        }
    }

    private static boolean startsWith(byte[] content, int from, String ascii) {
        if (content.length - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (content[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }
}
