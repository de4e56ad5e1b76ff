package io.quarkiverse.tokenstorage.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The cryptography that age demands for one X25519 recipient (age-encryption.org/v1) and nothing around it: no parsing, no
 * armor, no objects made anew that can be kept. Not thread-safe.
 */
final class AgePrimitives {

    private static final int FILE_KEY_LENGTH = 16;
    /** The intro line, one stanza with its body, and the start of the line that holds the code. */
    private static final int HEADER_LENGTH = 22 + 59 + 44 + 3;
    private static final byte[] STANZA_INFO = "age-encryption.org/v1/X25519".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER_INFO = "header".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD_INFO = "payload".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final Mac hmac = Mac.getInstance("HmacSHA256");
    private final Cipher chacha = Cipher.getInstance("ChaCha20-Poly1305");
    private final byte[] secretKey = new byte[X25519.SCALAR_SIZE];
    private final byte[] recipient = new byte[X25519.POINT_SIZE];
    private final byte[] header = new byte[HEADER_LENGTH];
    private final byte[] salt = new byte[2 * X25519.POINT_SIZE];
    private final byte[] shared = new byte[X25519.POINT_SIZE];

    /** A data key as an age file holds it, taken apart. */
    record Wrapped(byte[] ephemeral, byte[] fileKey, byte[] code, byte[] nonce, byte[] payload) {
    }

    AgePrimitives() throws GeneralSecurityException {
        X25519.generatePrivateKey(random, secretKey);
        X25519.generatePublicKey(secretKey, 0, recipient, 0);
        random.nextBytes(header);
    }

    Wrapped wrap(byte[] dataKey) throws GeneralSecurityException {
        byte[] fileKey = randomBytes(FILE_KEY_LENGTH);
        byte[] ephemeralSecret = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, ephemeralSecret);
        byte[] ephemeral = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(ephemeralSecret, 0, ephemeral, 0);
        X25519.scalarMult(ephemeralSecret, 0, recipient, 0, shared, 0);
        byte[] wrapped = chacha(Cipher.ENCRYPT_MODE, stanzaKey(ephemeral), 0, fileKey);
        byte[] code = code(fileKey);
        byte[] nonce = randomBytes(FILE_KEY_LENGTH);
        return new Wrapped(ephemeral, wrapped, code, nonce,
                chacha(Cipher.ENCRYPT_MODE, hkdf(nonce, fileKey, PAYLOAD_INFO), 1, dataKey));
    }

    byte[] unwrap(Wrapped wrapped) throws GeneralSecurityException {
        X25519.scalarMult(secretKey, 0, wrapped.ephemeral, 0, shared, 0);
        byte[] fileKey = chacha(Cipher.DECRYPT_MODE, stanzaKey(wrapped.ephemeral), 0, wrapped.fileKey);
        if (!Arrays.equals(code(fileKey), wrapped.code)) {
            throw new GeneralSecurityException("The code of the header differs");
        }
        return chacha(Cipher.DECRYPT_MODE, hkdf(wrapped.nonce, fileKey, PAYLOAD_INFO), 1, wrapped.payload);
    }

    private byte[] stanzaKey(byte[] ephemeral) throws GeneralSecurityException {
        System.arraycopy(ephemeral, 0, salt, 0, ephemeral.length);
        System.arraycopy(recipient, 0, salt, ephemeral.length, recipient.length);
        return hkdf(salt, shared, STANZA_INFO);
    }

    private byte[] code(byte[] fileKey) throws GeneralSecurityException {
        return hmac(hkdf(new byte[32], fileKey, HEADER_INFO), header, header.length, new byte[0]);
    }

    /** RFC 5869 for one block of output. */
    private byte[] hkdf(byte[] hkdfSalt, byte[] input, byte[] info) throws GeneralSecurityException {
        return hmac(hmac(hkdfSalt, input, input.length, new byte[0]), info, info.length, new byte[] { 1 });
    }

    private byte[] hmac(byte[] key, byte[] input, int length, byte[] last) throws GeneralSecurityException {
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        hmac.update(input, 0, length);
        hmac.update(last);
        return hmac.doFinal();
    }

    /** @param lastChunk 1 in the nonce of the last chunk of a payload (STREAM), 0 in a stanza */
    private byte[] chacha(int mode, byte[] key, int lastChunk, byte[] input) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        nonce[11] = (byte) lastChunk;
        chacha.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return chacha.doFinal(input);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
