package io.quarkiverse.tokenstorage.sops.age;

import java.security.InvalidKeyException;

/**
 * {@link X25519} through the lightweight interface of BouncyCastle, without a security provider. Needs
 * {@code org.bouncycastle:bcprov-jdk18on} on the class path; only {@link FastestX25519} may name this class where that is
 * not certain.
 */
public final class BouncyCastleX25519 implements X25519 {

    /** Fails with {@link LinkageError} if BouncyCastle is not there. */
    public BouncyCastleX25519() {
        org.bouncycastle.math.ec.rfc7748.X25519.precompute();
    }

    @Override
    public byte[] publicKey(byte[] scalar) {
        byte[] publicKey = new byte[LENGTH];
        org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(scalar, 0, publicKey, 0);
        return publicKey;
    }

    @Override
    public byte[] sharedSecret(byte[] scalar, byte[] otherPublicKey) throws InvalidKeyException {
        byte[] secret = new byte[LENGTH];
        if (!org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(scalar, 0, otherPublicKey, 0, secret, 0)) {
            throw new InvalidKeyException("The public key is a point of small order");
        }
        return secret;
    }
}
