package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the lines of one source; see {@link IdentityText}. For one use. */
final class IdentityLines {

    private static final String PLUGIN_PREFIX = "AGE-PLUGIN-";
    private static final int MOST_IDENTITIES = 1000;

    private final X25519 x25519;
    private final boolean pluginsToo;
    private final List<Identity> identities = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    IdentityLines(X25519 x25519, boolean pluginsToo) {
        this.x25519 = x25519;
        this.pluginsToo = pluginsToo;
    }

    IdentityText read(byte[] content, boolean wordsToo) {
        int line = 1;
        int start = 0;
        try {
            for (int i = 0; i <= content.length; i++) {
                if (i == content.length || content[i] == '\n') {
                    int end = i > start && content[i - 1] == '\r' ? i - 1 : i;
                    readLine(content, start, end, wordsToo, line);
                    start = i + 1;
                    line++;
                }
            }
        } catch (IllegalArgumentException e) {
            identities.forEach(Identity::close);
            throw e;
        }
        return new IdentityText(identities, unusable);
    }

    private void readLine(byte[] content, int start, int end, boolean wordsToo, int line) {
        if (start == end || content[start] == '#') {
            return;
        }
        if (!wordsToo) {
            readIdentity(content, start, end, line);
            return;
        }
        int word = start;
        for (int i = start; i <= end; i++) {
            if (i == end || isSpace(content[i])) {
                if (i > word) {
                    readIdentity(content, word, i, line);
                }
                word = i + 1;
            }
        }
    }

    private void readIdentity(byte[] content, int start, int end, int line) {
        boolean hybrid = startsWith(content, start, HybridIdentity.PREFIX);
        if (pluginsToo && startsWith(content, start, PLUGIN_PREFIX)) {
            addOnce("identities of age plugins (" + PLUGIN_PREFIX + "…) are used by sops itself only: "
                    + AgeRecipient.EXECUTABLE_ENGINE);
        } else if (!hybrid && !startsWith(content, start, X25519Identity.PREFIX)) {
            throw new IllegalArgumentException("line " + line + ": unknown identity type; an identity starts with "
                    + X25519Identity.PREFIX + " or " + HybridIdentity.PREFIX);
        } else if (identities.size() == MOST_IDENTITIES) {
            throw new IllegalArgumentException("line " + line + ": more than " + MOST_IDENTITIES + " identities");
        } else {
            char[] text = new char[end - start];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (content[start + i] & 0xff);
            }
            try {
                CharBuffer chars = CharBuffer.wrap(text);
                identities.add(hybrid ? HybridIdentity.parse(chars) : X25519Identity.parse(chars, x25519));
            } catch (MissingBouncyCastleException e) {
                addOnce(e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + line + ": malformed secret key: a character is wrong, missing or"
                        + " too many");
            } finally {
                Arrays.fill(text, '\0');
            }
        }
    }

    private void addOnce(String text) {
        if (!unusable.contains(text)) {
            unusable.add(text);
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
