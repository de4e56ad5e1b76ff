package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How OpenSSL protected PEM files: the header {@code DEK-Info} (RFC 1423) and a key made of the passphrase by MD5. Weak, but
 * {@code ssh-keygen -m PEM} still writes it.
 */
final class OpenSslCipher {

    private record Algorithm(String transformation, int keyLength, int ivLength) {
    }

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "AES-128-CBC", new Algorithm("AES/CBC/PKCS5Padding", 16, 16),
            "AES-192-CBC", new Algorithm("AES/CBC/PKCS5Padding", 24, 16),
            "AES-256-CBC", new Algorithm("AES/CBC/PKCS5Padding", 32, 16),
            "DES-EDE3-CBC", new Algorithm("DESede/CBC/PKCS5Padding", 24, 8));
    private static final int SALT_LENGTH = 8;

    private final Algorithm algorithm;
    private final byte[] iv;

    private OpenSslCipher(Algorithm algorithm, byte[] iv) {
        this.algorithm = algorithm;
        this.iv = iv;
    }

    /** @throws IllegalArgumentException if it is not known here */
    static OpenSslCipher of(String header) {
        String[] parts = header.split(",", 2);
        Algorithm algorithm = ALGORITHMS.get(parts[0].strip());
        if (algorithm != null && parts.length == 2) {
            String hex = parts[1].strip();
            if (hex.matches("[0-9A-Fa-f]{" + 2 * algorithm.ivLength() + "}")) {
                return new OpenSslCipher(algorithm, HexFormat.of().parseHex(hex));
            }
        }
        throw new IllegalArgumentException(
                "the cipher that protects it is not known here: 'ssh-keygen -p -f' with its path rewrites it");
    }

    byte[] decrypt(byte[] encrypted, byte[] passphrase) throws GeneralSecurityException {
        byte[] key = key(passphrase);
        String name = algorithm.transformation().substring(0, algorithm.transformation().indexOf('/'));
        try {
            Cipher cipher = Cipher.getInstance(algorithm.transformation());
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(iv));
            return cipher.doFinal(encrypted);
        } catch (BadPaddingException e) {
            throw new WrongPassphraseException();
        } catch (IllegalBlockSizeException e) {
            throw new IllegalArgumentException("it is damaged");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** {@code EVP_BytesToKey} with MD5 and one iteration. */
    private byte[] key(byte[] passphrase) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[algorithm.keyLength()];
        byte[] block = {};
        for (int length = 0; length < key.length; length += block.length) {
            md5.update(block);
            md5.update(passphrase);
            md5.update(iv, 0, SALT_LENGTH);
            block = md5.digest();
            System.arraycopy(block, 0, key, length, Math.min(block.length, key.length - length));
        }
        Arrays.fill(block, (byte) 0);
        return key;
    }
}
