package io.quarkiverse.tokenstorage.sops.age;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The older formats of SSH private keys: PKCS #1 ({@code ssh-keygen -m PEM}), perhaps under a passphrase in the way of
 * OpenSSL, and PKCS #8 without one. They do not tell their public half.
 */
final class PemKey implements SshPrivateKey {

    static final String PKCS1_LABEL = "RSA PRIVATE KEY";
    static final String PKCS8_LABEL = "PRIVATE KEY";

    /** AlgorithmIdentifier of rsaEncryption (RFC 8017 A.1), after the version of PKCS #8. */
    private static final byte[] PKCS8_RSA_START = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private final boolean pkcs1;
    private final byte[] content;
    private final Optional<OpenSslCipher> cipher;

    private PemKey(boolean pkcs1, byte[] content, Optional<OpenSslCipher> cipher) {
        this.pkcs1 = pkcs1;
        this.content = content;
        this.cipher = cipher;
    }

    static PemKey of(PemBlock pem) {
        boolean encrypted = pem.headers().getOrDefault("Proc-Type", "").contains("ENCRYPTED");
        return new PemKey(pem.label().equals(PKCS1_LABEL), pem.content(), encrypted
                ? Optional.of(OpenSslCipher.of(pem.headers().getOrDefault("DEK-Info", "")))
                : Optional.empty());
    }

    @Override
    public boolean isProtected() {
        return cipher.isPresent();
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        return Optional.empty();
    }

    /** The Java platform has all that these take. */
    @Override
    public void requireUsable() {
    }

    @Override
    public byte[] decrypt(byte[] passphrase) throws GeneralSecurityException {
        if (cipher.isEmpty()) {
            return content.clone();
        }
        byte[] plain = cipher.get().decrypt(content, passphrase);
        try {
            privateKey(plain);
            return plain;
        } catch (InvalidKeySpecException e) {
            // One wrong passphrase of 256 leaves something that looks padded
            Arrays.fill(plain, (byte) 0);
            throw new WrongPassphraseException();
        }
    }

    @Override
    public Identity identity(byte[] plain, X25519 x25519) throws GeneralSecurityException {
        PrivateKey privateKey;
        try {
            privateKey = privateKey(plain);
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("it is damaged, or neither RSA nor Ed25519");
        }
        if (privateKey instanceof RSAPrivateCrtKey rsa) {
            return new SshRsaIdentity(rsa);
        }
        byte[] seed = ((EdECPrivateKey) privateKey).getBytes()
                .orElseThrow(() -> new IllegalArgumentException("it holds no private key"));
        try {
            byte[] point = OptionalBouncyCastle.required("Ed25519 keys in the format PKCS #8").ed25519PublicKey(seed);
            return new SshEd25519Identity(seed, SshPublicKey.ofEd25519(point), x25519);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private PrivateKey privateKey(byte[] plain) throws GeneralSecurityException {
        byte[] pkcs8 = pkcs1 ? der(SEQUENCE, PKCS8_RSA_START, der(OCTET_STRING, plain)) : plain.clone();
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey) {
                return key;
            }
            throw new InvalidKeySpecException("no primes");
        } catch (InvalidKeySpecException e) {
            if (pkcs1) {
                throw e;
            }
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int octets = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(length >>> 8 * i);
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
