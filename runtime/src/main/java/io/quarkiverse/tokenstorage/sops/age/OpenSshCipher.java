package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;

import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How a private key of OpenSSH is protected: cipher, and the derivation of its key from a passphrase. */
final class OpenSshCipher {

    private record Algorithm(String transformation, int keyLength, int ivLength) {
    }

    private static final String NONE = "none";
    private static final String BCRYPT = "bcrypt";
    /** OpenSSH takes 24; each takes some ten milliseconds. */
    private static final int MOST_ROUNDS = 1000;
    private static final int LONGEST_SALT = 1024;
    private static final int TAG_BITS = 128;

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "aes128-ctr", new Algorithm("AES/CTR/NoPadding", 16, 16),
            "aes192-ctr", new Algorithm("AES/CTR/NoPadding", 24, 16),
            "aes256-ctr", new Algorithm("AES/CTR/NoPadding", 32, 16),
            "aes128-cbc", new Algorithm("AES/CBC/NoPadding", 16, 16),
            "aes192-cbc", new Algorithm("AES/CBC/NoPadding", 24, 16),
            "aes256-cbc", new Algorithm("AES/CBC/NoPadding", 32, 16),
            "aes128-gcm@openssh.com", new Algorithm("AES/GCM/NoPadding", 16, 12),
            "aes256-gcm@openssh.com", new Algorithm("AES/GCM/NoPadding", 32, 12),
            "3des-cbc", new Algorithm("DESede/CBC/NoPadding", 24, 8));

    /** Null if nothing is encrypted. */
    private final Algorithm algorithm;
    private final byte[] salt;
    private final int rounds;

    private OpenSshCipher(Algorithm algorithm, byte[] salt, int rounds) {
        this.algorithm = algorithm;
        this.salt = salt;
        this.rounds = rounds;
    }

    /** @throws IllegalArgumentException if the combination is not known here */
    static OpenSshCipher of(String cipher, String derivation, byte[] options) {
        if (cipher.equals(NONE) && derivation.equals(NONE)) {
            return new OpenSshCipher(null, new byte[0], 0);
        }
        Algorithm algorithm = ALGORITHMS.get(cipher);
        if (algorithm == null || !derivation.equals(BCRYPT)) {
            throw new IllegalArgumentException("the cipher that protects it is not known here: 'ssh-keygen -p -f' with its path"
                    + " and '-Z aes256-ctr' changes it");
        }
        SshReader reader = new SshReader(options);
        byte[] salt = reader.string();
        int rounds = reader.uint32();
        reader.requireEnd();
        if (rounds < 1 || rounds > MOST_ROUNDS || salt.length == 0 || salt.length > LONGEST_SALT) {
            throw new IllegalArgumentException(
                    "its passphrase is hashed in more than " + MOST_ROUNDS + " rounds, or not at all:"
                            + " 'ssh-keygen -p -f' with its path and '-a 100' changes that");
        }
        return new OpenSshCipher(algorithm, salt, rounds);
    }

    static AdditionalAlgorithms algorithms() throws MissingBouncyCastleException {
        return OptionalBouncyCastle.required("SSH keys under a passphrase");
    }

    boolean isEncrypting() {
        return algorithm != null;
    }

    byte[] decrypt(byte[] encrypted, byte[] passphrase) throws GeneralSecurityException {
        byte[] derived = algorithms().bcryptPbkdf(passphrase, salt, rounds,
                algorithm.keyLength() + algorithm.ivLength());
        String name = algorithm.transformation().substring(0, algorithm.transformation().indexOf('/'));
        try {
            Cipher cipher = Cipher.getInstance(algorithm.transformation());
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived, 0, algorithm.keyLength(), name),
                    parameters(derived));
            return cipher.doFinal(encrypted);
        } catch (AEADBadTagException e) {
            throw new WrongPassphraseException();
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new IllegalArgumentException("it is damaged");
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private AlgorithmParameterSpec parameters(byte[] derived) {
        return algorithm.transformation().contains("/GCM/")
                ? new GCMParameterSpec(TAG_BITS, derived, algorithm.keyLength(), algorithm.ivLength())
                : new IvParameterSpec(derived, algorithm.keyLength(), algorithm.ivLength());
    }
}
