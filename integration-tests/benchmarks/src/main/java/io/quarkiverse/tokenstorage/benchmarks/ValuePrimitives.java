package io.quarkiverse.tokenstorage.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM over values of the same sizes as those of a given document, its message authentication code included, and SHA-512
 * over all of them; nothing around it. Not thread-safe.
 */
final class ValuePrimitives {

    private static final Pattern VALUE = Pattern.compile("ENC\\[AES256_GCM,data:([^,]+),");
    private static final int IV_LENGTH = 32;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    private final byte[] key = random.generateSeed(32);
    private final byte[] name = "access_token:".getBytes(StandardCharsets.US_ASCII);
    private final List<byte[]> plain = new ArrayList<>();
    private final List<Encrypted> encrypted = new ArrayList<>();

    private record Encrypted(byte[] iv, byte[] data) {
    }

    ValuePrimitives(byte[] document) throws GeneralSecurityException {
        Matcher value = VALUE.matcher(new String(document, StandardCharsets.UTF_8));
        while (value.find()) {
            byte[] bytes = new byte[Base64.getDecoder().decode(value.group(1)).length];
            random.nextBytes(bytes);
            plain.add(bytes);
            encrypted.add(encrypt(gcm(), new SecretKeySpec(key, "AES"), bytes));
        }
    }

    /** Every document has a key of its own, which a cipher must be set up for. */
    private static Cipher gcm() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** Decrypts all values with the key they were made with. */
    int decryptAll() throws GeneralSecurityException {
        Cipher gcm = gcm();
        SecretKeySpec dataKey = new SecretKeySpec(key, "AES");
        int length = 0;
        for (Encrypted value : encrypted) {
            gcm.init(Cipher.DECRYPT_MODE, dataKey, new GCMParameterSpec(TAG_BITS, value.iv));
            gcm.updateAAD(name);
            length += gcm.doFinal(value.data).length;
        }
        return length;
    }

    /** Encrypts all values with a key given as bytes. */
    int encryptAll(byte[] dataKey) throws GeneralSecurityException {
        Cipher gcm = gcm();
        SecretKeySpec newKey = new SecretKeySpec(dataKey, "AES");
        int length = 0;
        for (byte[] value : plain) {
            length += encrypt(gcm, newKey, value).data.length;
        }
        return length;
    }

    byte[] digest() {
        for (byte[] value : plain) {
            sha512.update(value);
        }
        return sha512.digest();
    }

    private Encrypted encrypt(Cipher gcm, SecretKeySpec dataKey, byte[] value) throws GeneralSecurityException {
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        gcm.init(Cipher.ENCRYPT_MODE, dataKey, new GCMParameterSpec(TAG_BITS, iv));
        gcm.updateAAD(name);
        return new Encrypted(iv, gcm.doFinal(value));
    }
}
