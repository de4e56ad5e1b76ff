package io.quarkiverse.tokenstorage.devui;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.storage.TokenJson;

/**
 * Tells one token from another without keeping or showing either: a keyed hash, whose key nobody else has and which ends with
 * the application. Thread-safe.
 */
final class TokenFingerprint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    /** Nobody looks for two tokens with the same one. */
    private static final int SHOWN_BYTES = 16;

    private final SecretKeySpec key;

    TokenFingerprint(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The same for equal tokens. */
    String of(AuthToken token) {
        byte[] json = JsonWriter.write(TokenJson.write(token), 0);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(json), 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }
}
