package io.quarkiverse.tokenstorage.sops.value;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with the initialization vectors of 32 bytes that SOPS uses ({@code aes/cipher.go}). One instance serves one
 * document with its data key. Not thread-safe.
 */
public final class ValueCipher {

    /** Other lengths are read, but sops cannot re-encrypt values that have them. */
    static final int IV_LENGTH = 32;

    private static final int TAG_BITS = EncryptedValue.TAG_LENGTH * Byte.SIZE;

    private final Cipher cipher;
    private final SecretKeySpec key;

    public ValueCipher(DataKey dataKey) {
        this.key = new SecretKeySpec(dataKey.bytes(), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no AES-GCM", e);
        }
    }

    public EncryptedValue encrypt(byte[] plaintext, ValueType type, AssociatedData associated, SecureRandom random) {
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(associated.bytes(), 0, associated.length());
            return new EncryptedValue(iv, cipher.doFinal(plaintext), type);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    /** Empty if key, place or text are not those of the encryption. */
    public Optional<byte[]> decrypt(EncryptedValue value, AssociatedData associated) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, value.iv()));
            cipher.updateAAD(associated.bytes(), 0, associated.length());
            return Optional.of(cipher.doFinal(value.sealed()));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to decrypt", e);
        }
    }
}
