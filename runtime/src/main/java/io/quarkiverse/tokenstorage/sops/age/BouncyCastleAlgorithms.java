package io.quarkiverse.tokenstorage.sops.age;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.BCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/**
 * {@link AdditionalAlgorithms} through the lightweight interface of BouncyCastle, without a security provider. Only
 * {@link OptionalBouncyCastle} names this class.
 */
final class BouncyCastleAlgorithms implements AdditionalAlgorithms {

    private static final int SCRYPT_BLOCK_SIZE = 8;
    private static final int SCRYPT_PARALLELISM = 1;
    private static final int SCRYPT_KEY_LENGTH = 32;
    /** 32 bytes for ML-KEM, 32 for X25519. */
    private static final int ENCAPSULATION_RANDOMNESS = 64;
    private static final byte[] NO_DATA = {};

    private final HPKE hpke = new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);

    @Override
    public byte[] scrypt(byte[] passphrase, byte[] salt, int logN) {
        return SCrypt.generate(passphrase, salt, 1 << logN, SCRYPT_BLOCK_SIZE, SCRYPT_PARALLELISM, SCRYPT_KEY_LENGTH);
    }

    @Override
    public byte[] bcryptPbkdf(byte[] passphrase, byte[] salt, int rounds, int length) {
        return BCrypt.pbkdfGenerate(passphrase, salt, rounds, length);
    }

    @Override
    public byte[] ed25519PublicKey(byte[] seed) {
        byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, point, 0);
        return point;
    }

    @Override
    public HybridPrivateKey hybridPrivateKey(byte[] seed) {
        return new PrivateKey(hpke, hpke.deserializePrivateKey(seed, null));
    }

    @Override
    public Sealed hybridSeal(byte[] publicKey, byte[] info, byte[] message, SecureRandom random) throws InvalidKeyException {
        byte[] randomness = new byte[ENCAPSULATION_RANDOMNESS];
        random.nextBytes(randomness);
        try {
            AsymmetricKeyParameter recipient = hpke.deserializePublicKey(publicKey);
            HPKEContextWithEncapsulation context = hpke.setupBaseS(recipient, info, randomness);
            return new Sealed(context.getEncapsulation(), context.seal(NO_DATA, message));
        } catch (IllegalArgumentException | IllegalStateException | InvalidCipherTextException e) {
            throw new InvalidKeyException("This is no public key of MLKEM768-X25519");
        } finally {
            Arrays.fill(randomness, (byte) 0);
        }
    }

    private record PrivateKey(HPKE hpke, AsymmetricCipherKeyPair keys) implements HybridPrivateKey {

        @Override
        public byte[] publicKey() {
            return ((XWingPublicKeyParameters) keys.getPublic()).getEncoded();
        }

        @Override
        public Optional<byte[]> open(byte[] info, Sealed sealed) throws InvalidKeyException {
            try {
                return Optional.of(hpke.setupBaseR(sealed.encapsulation(), keys, info).open(NO_DATA, sealed.ciphertext()));
            } catch (InvalidCipherTextException e) {
                // ML-KEM answers a foreign encapsulation with a random key: it shows only here
                return Optional.empty();
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new InvalidKeyException("This is no encapsulation of MLKEM768-X25519");
            }
        }

        @Override
        public String toString() {
            return "PrivateKey";
        }
    }
}
