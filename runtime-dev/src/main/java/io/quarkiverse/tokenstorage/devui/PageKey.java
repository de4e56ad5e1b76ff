package io.quarkiverse.tokenstorage.devui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tells calls of the pages from those of others who reach the same methods. Quarkus has its Dev MCP server, once a developer
 * has turned it on, call any method of the Dev UI for anybody, web pages of strangers included. The key is where only a page
 * of the Dev UI can read it, and the same for one session of development.
 */
public final class PageKey {

    /** What is said to whoever has no key. */
    public static final String REFUSAL = "Only the pages of the Dev UI may ask for this";

    private static final int BYTES = 32;

    private final Optional<byte[]> key;

    /** @param key empty if there is none, so that all are refused */
    public PageKey(Optional<String> key) {
        this.key = key.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Hexadecimal digits that nobody can guess. */
    public static String generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** @param presented null if nothing was */
    public boolean opensTo(String presented) {
        return presented != null && key.filter(expected -> MessageDigest.isEqual(expected,
                presented.getBytes(StandardCharsets.UTF_8))).isPresent();
    }
}
