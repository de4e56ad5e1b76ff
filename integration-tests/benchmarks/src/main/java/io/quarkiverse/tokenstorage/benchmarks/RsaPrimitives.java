package io.quarkiverse.tokenstorage.benchmarks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** RSA-OAEP with SHA-256 and a label, as age uses it for SSH keys. Not thread-safe. */
final class RsaPrimitives implements KindPrimitives {

    private static final int BITS = 3072;
    private static final int FILE_KEY_LENGTH = 16;

    private final Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    private final OAEPParameterSpec oaep = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
            new PSource.PSpecified("age-encryption.org/v1/ssh-rsa".getBytes(StandardCharsets.US_ASCII)));
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final byte[] wrapped;

    record KeyPair(RSAKeyParameters publicKey, RSAPrivateCrtKeyParameters privateKey) {
    }

    RsaPrimitives() throws GeneralSecurityException {
        KeyPair keys = generate();
        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKeyParameters key = keys.privateKey();
        privateKey = factory.generatePrivate(new RSAPrivateCrtKeySpec(key.getModulus(), key.getPublicExponent(),
                key.getExponent(), key.getP(), key.getQ(), key.getDP(), key.getDQ(), key.getQInv()));
        publicKey = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        wrapped = wrap();
    }

    static KeyPair generate() {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(0x10001), new SecureRandom(), BITS, 100));
        AsymmetricCipherKeyPair keys = generator.generateKeyPair();
        return new KeyPair((RSAKeyParameters) keys.getPublic(), (RSAPrivateCrtKeyParameters) keys.getPrivate());
    }

    @Override
    public byte[] wrap() throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, publicKey, oaep);
        return cipher.doFinal(new byte[FILE_KEY_LENGTH]);
    }

    @Override
    public byte[] unwrap() throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, privateKey, oaep);
        return cipher.doFinal(wrapped);
    }
}
