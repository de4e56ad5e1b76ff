package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;

/**
 * Keys of 32 bytes derived with HKDF-SHA-256 (RFC 5869), and codes made with the HMAC that it stands on. Not thread-safe.
 */
final class Hkdf {

    static final int LENGTH = 32;

    private static final String HMAC = "HmacSHA256";
    private static final byte FIRST_BLOCK = 1;

    private final Mac hmac = Mac.getInstance(HMAC);

    Hkdf() throws GeneralSecurityException {
    }

    /**
     * Derives a key; the caller zeroes it.
     *
     * @param salt as many zeros as a key has bytes stand for none (RFC 5869 section 2.2)
     * @param label what the key is for, in ASCII
     */
    byte[] derive(byte[] salt, byte[] secret, String label) throws GeneralSecurityException {
        SymmetricKey extracted = new SymmetricKey(code(new SymmetricKey(salt, HMAC), secret, secret.length), HMAC);
        try {
            hmac.init(extracted);
            hmac.update(label.getBytes(StandardCharsets.US_ASCII));
            hmac.update(FIRST_BLOCK);
            return hmac.doFinal();
        } finally {
            extracted.destroy();
        }
    }

    /** The code over the first bytes of a text, under a key derived here; the key is zeroed. */
    byte[] code(byte[] key, byte[] text, int length) throws GeneralSecurityException {
        SymmetricKey derived = new SymmetricKey(key, HMAC);
        try {
            return code(derived, text, length);
        } finally {
            derived.destroy();
        }
    }

    private byte[] code(SymmetricKey key, byte[] text, int length) throws GeneralSecurityException {
        hmac.init(key);
        hmac.update(text, 0, length);
        return hmac.doFinal();
    }
}
