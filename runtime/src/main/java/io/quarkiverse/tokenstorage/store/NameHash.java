package io.quarkiverse.tokenstorage.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A short name of fixed length for a provider: the first 16 hexadecimal digits of the SHA-256 of its name. */
final class NameHash {

    private static final int BYTES = 8;

    private NameHash() {
    }

    static String of(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The same for all names that differ in case only. */
    static String ofAnyCase(String name) {
        return of(name.toLowerCase(Locale.ROOT));
    }
}
