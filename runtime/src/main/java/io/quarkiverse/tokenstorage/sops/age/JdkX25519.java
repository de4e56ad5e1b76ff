package io.quarkiverse.tokenstorage.sops.age;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;

import javax.crypto.KeyAgreement;

/** {@link X25519} of the Java platform. Always there, but slower than {@link BouncyCastleX25519}. */
public final class JdkX25519 implements X25519 {

    private static final String ALGORITHM = "X25519";
    private static final byte BASE_POINT = 9;

    @Override
    public byte[] publicKey(byte[] scalar) {
        byte[] basePoint = new byte[LENGTH];
        basePoint[0] = BASE_POINT;
        try {
            return sharedSecret(scalar, basePoint);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("This is not an X25519 scalar");
        }
    }

    @Override
    public byte[] sharedSecret(byte[] scalar, byte[] otherPublicKey) throws InvalidKeyException {
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            PublicKey other = keys
                    .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(otherPublicKey)));
            KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
            agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        } catch (InvalidKeyException e) {
            throw new InvalidKeyException("The public key is a point of small order");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform has no X25519", e);
        }
    }

    /** Little-endian; the highest bit does not count (RFC 7748 §5). */
    private static BigInteger coordinate(byte[] publicKey) {
        byte[] bigEndian = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bigEndian[i] = publicKey[LENGTH - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
