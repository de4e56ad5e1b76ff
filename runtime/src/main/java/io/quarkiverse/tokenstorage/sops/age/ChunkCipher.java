package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * ChaCha20-Poly1305 (RFC 8439) as age uses it: under a key that serves once, so that the nonce only counts the chunks of a
 * payload and marks the last one (C2SP age.md, "Payload"). Not thread-safe.
 */
final class ChunkCipher {

    static final String ALGORITHM = "ChaCha20-Poly1305";
    static final int TAG_LENGTH = 16;

    private static final int NONCE_LENGTH = 12;
    private static final byte LAST = 1;

    private final Cipher cipher = Cipher.getInstance(ALGORITHM);
    private final SymmetricKey key;

    ChunkCipher(SymmetricKey key) throws GeneralSecurityException {
        this.key = key;
    }

    /** Something sealed as a whole, such as a file key. */
    byte[] seal(byte[] plain) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[NONCE_LENGTH]));
        return cipher.doFinal(plain);
    }

    /** @throws javax.crypto.AEADBadTagException if it was sealed with another key, or changed */
    byte[] open(byte[] sealed) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(new byte[NONCE_LENGTH]));
        return cipher.doFinal(sealed);
    }

    /** The only chunk of a payload. */
    byte[] sealOnlyChunk(byte[] plain) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, nonce(0, true));
        return cipher.doFinal(plain);
    }

    /**
     * @param number counted from 0
     * @param sealed its bytes from {@code from} to {@code to}, exclusive
     * @param plain receives the chunk at {@code at}
     * @return the length of the chunk
     */
    int openChunk(int number, boolean last, byte[] sealed, int from, int to, byte[] plain, int at)
            throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, nonce(number, last));
        return cipher.doFinal(sealed, from, to - from, plain, at);
    }

    private static IvParameterSpec nonce(int number, boolean last) {
        byte[] nonce = new byte[NONCE_LENGTH];
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[NONCE_LENGTH - 2 - i] = (byte) (number >> Byte.SIZE * i);
        }
        nonce[NONCE_LENGTH - 1] = last ? LAST : 0;
        return new IvParameterSpec(nonce);
    }
}
