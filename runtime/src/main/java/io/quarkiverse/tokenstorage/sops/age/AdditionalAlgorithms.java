package io.quarkiverse.tokenstorage.sops.age;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The algorithms of age that the Java platform lacks. Implementations are thread-safe and keep nothing.
 *
 * @see OptionalBouncyCastle
 */
interface AdditionalAlgorithms {

    /** The length of a post-quantum secret key in bytes. */
    int HYBRID_SEED_LENGTH = 32;
    /** The length of a post-quantum public key in bytes: ML-KEM-768, then X25519. */
    int HYBRID_PUBLIC_KEY_LENGTH = 1216;
    /** The length of an encapsulated key in bytes. */
    int HYBRID_ENCAPSULATION_LENGTH = 1120;

    /** What HPKE makes of a message. */
    record Sealed(byte[] encapsulation, byte[] ciphertext) {
    }

    /** Holds secrets that cannot be zeroed. */
    interface HybridPrivateKey {

        byte[] publicKey();

        /**
         * Opens what {@link AdditionalAlgorithms#hybridSeal} made.
         *
         * @return empty if it was sealed for another key
         * @throws InvalidKeyException if the encapsulation is malformed
         */
        Optional<byte[]> open(byte[] info, Sealed sealed) throws InvalidKeyException;
    }

    /** The function of RFC 7914 with block size 8 and parallelism 1; takes 2^(logN + 10) bytes of memory. */
    byte[] scrypt(byte[] passphrase, byte[] salt, int logN);

    /** The key derivation of OpenSSH private keys ({@code bcrypt_pbkdf}). */
    byte[] bcryptPbkdf(byte[] passphrase, byte[] salt, int rounds, int length);

    /** The public key of an Ed25519 private key (RFC 8032 §5.1.5). */
    byte[] ed25519PublicKey(byte[] seed);

    /**
     * The private key of this seed (MLKEM768-X25519, also called X-Wing: draft-connolly-cfrg-xwing-kem), expanded once, for
     * that takes much longer than its use.
     *
     * @param seed is left as it is
     */
    HybridPrivateKey hybridPrivateKey(byte[] seed);

    /**
     * HPKE (RFC 9180) in base mode, for one message without additional data, with MLKEM768-X25519, HKDF-SHA256 and
     * ChaCha20-Poly1305.
     *
     * @throws InvalidKeyException if this is no public key
     */
    Sealed hybridSeal(byte[] publicKey, byte[] info, byte[] message, SecureRandom random) throws InvalidKeyException;
}
