package io.quarkiverse.tokenstorage.benchmarks;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** The asymmetric operations that one kind of age key cannot do without, bare. Not thread-safe. */
interface KindPrimitives {

    byte[] wrap() throws GeneralSecurityException;

    byte[] unwrap() throws GeneralSecurityException;

    static KindPrimitives of(AgeKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case X25519 -> new Agreements(1);
            // The second one ties the recipient to the form in which SSH has the key
            case SSH_ED25519 -> new Agreements(2);
            case SSH_RSA -> new RsaPrimitives();
            case POST_QUANTUM -> new Hybrid();
        };
    }

    /** X25519: a new key pair where something is wrapped, and agreements. */
    final class Agreements implements KindPrimitives {

        private final SecureRandom random = new SecureRandom();
        private final byte[] secretKey = new byte[X25519.SCALAR_SIZE];
        private final byte[] publicKey = new byte[X25519.POINT_SIZE];
        private final int count;

        Agreements(int count) {
            this.count = count;
            X25519.generatePrivateKey(random, secretKey);
            X25519.generatePublicKey(secretKey, 0, publicKey, 0);
        }

        @Override
        public byte[] wrap() {
            byte[] ephemeral = new byte[X25519.SCALAR_SIZE];
            X25519.generatePrivateKey(random, ephemeral);
            X25519.generatePublicKey(ephemeral, 0, new byte[X25519.POINT_SIZE], 0);
            return agree(ephemeral);
        }

        @Override
        public byte[] unwrap() {
            return agree(secretKey);
        }

        private byte[] agree(byte[] scalar) {
            byte[] point = publicKey;
            for (int i = 0; i < count; i++) {
                byte[] next = new byte[X25519.POINT_SIZE];
                X25519.scalarMult(scalar, 0, point, 0, next, 0);
                point = next;
            }
            return point;
        }
    }

    /** HPKE with ML-KEM-768 and X25519. */
    final class Hybrid implements KindPrimitives {

        private final HPKE hpke = new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256,
                HPKE.aead_CHACHA20_POLY1305);
        private final AsymmetricCipherKeyPair keys = hpke.generatePrivateKey();
        private final byte[] encapsulation;
        private final byte[] ciphertext;

        Hybrid() throws GeneralSecurityException {
            HPKEContextWithEncapsulation context = hpke.setupBaseS(keys.getPublic(), new byte[0]);
            encapsulation = context.getEncapsulation();
            ciphertext = seal(context);
        }

        @Override
        public byte[] wrap() throws GeneralSecurityException {
            return seal(hpke.setupBaseS(keys.getPublic(), new byte[0]));
        }

        private static byte[] seal(HPKEContextWithEncapsulation context) throws GeneralSecurityException {
            try {
                return context.seal(new byte[0], new byte[16]);
            } catch (InvalidCipherTextException e) {
                throw new GeneralSecurityException(e);
            }
        }

        @Override
        public byte[] unwrap() throws GeneralSecurityException {
            try {
                return hpke.setupBaseR(encapsulation, keys, new byte[0]).open(new byte[0], ciphertext);
            } catch (InvalidCipherTextException e) {
                throw new GeneralSecurityException(e);
            }
        }
    }
}
