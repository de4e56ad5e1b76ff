package io.quarkiverse.tokenstorage.sops.age;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The format of OpenSSH for private keys (PROTOCOL.key of openssh-portable). */
final class OpenSshKey implements SshPrivateKey {

    static final String LABEL = "OPENSSH PRIVATE KEY";

    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_COMMENT = 64 * 1024;

    private final OpenSshCipher cipher;
    private final SshPublicKey publicKey;
    private final byte[] privatePart;

    private OpenSshKey(OpenSshCipher cipher, SshPublicKey publicKey, byte[] privatePart) {
        this.cipher = cipher;
        this.publicKey = publicKey;
        this.privatePart = privatePart;
    }

    static OpenSshKey of(PemBlock pem) {
        byte[] content = pem.content();
        try {
            if (content.length < MAGIC.length || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new IllegalArgumentException("it is not in the format openssh-key-v1");
            }
            byte[] remaining = Arrays.copyOfRange(content, MAGIC.length, content.length);
            SshReader reader = new SshReader(remaining);
            OpenSshCipher cipher = OpenSshCipher.of(reader.text(), reader.text(), reader.string());
            if (reader.uint32() != 1) {
                throw new IllegalArgumentException("it does not hold exactly one key");
            }
            SshPublicKey publicKey = SshPublicKey.of(reader.string());
            byte[] encrypted = reader.string();
            byte[] tag = reader.rest();
            byte[] privatePart = Arrays.copyOf(encrypted, encrypted.length + tag.length);
            System.arraycopy(tag, 0, privatePart, encrypted.length, tag.length);
            Arrays.fill(encrypted, (byte) 0);
            Arrays.fill(remaining, (byte) 0);
            return new OpenSshKey(cipher, publicKey, privatePart);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    @Override
    public boolean isProtected() {
        return cipher.isEncrypting();
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        return Optional.of(publicKey);
    }

    @Override
    public void requireUsable() throws MissingBouncyCastleException {
        OpenSshCipher.algorithms();
    }

    @Override
    public byte[] decrypt(byte[] passphrase) throws GeneralSecurityException {
        byte[] plain = isProtected() ? cipher.decrypt(privatePart, passphrase) : privatePart.clone();
        try {
            SshReader reader = new SshReader(plain);
            if (reader.uint32() == reader.uint32()) {
                return plain;
            }
        } catch (IllegalArgumentException e) {
            // Too short to hold the two numbers
        }
        Arrays.fill(plain, (byte) 0);
        if (isProtected()) {
            throw new WrongPassphraseException();
        }
        throw new IllegalArgumentException("it is damaged");
    }

    @Override
    public Identity identity(byte[] plain, X25519 x25519) throws GeneralSecurityException {
        SshReader reader = new SshReader(plain);
        reader.uint32();
        reader.uint32();
        String type = reader.text();
        Identity identity = type.equals(SshPublicKey.RSA) ? rsa(reader) : ed25519(type, reader, x25519);
        if (!identity.recipient().equals(publicKey.text())) {
            identity.close();
            throw new IllegalArgumentException("its public and private halves do not belong together");
        }
        return identity;
    }

    private static Identity ed25519(String type, SshReader reader, X25519 x25519) {
        if (!type.equals(SshPublicKey.ED25519)) {
            throw new IllegalArgumentException("its public and private halves are of different types");
        }
        byte[] point = reader.string();
        byte[] seedAndPoint = reader.string();
        try {
            requirePadding(reader);
            if (point.length != X25519.LENGTH || seedAndPoint.length != 2 * X25519.LENGTH
                    || !Arrays.equals(seedAndPoint, X25519.LENGTH, seedAndPoint.length, point, 0, point.length)) {
                throw new IllegalArgumentException("its public and private halves do not belong together");
            }
            byte[] seed = Arrays.copyOf(seedAndPoint, X25519.LENGTH);
            try {
                return new SshEd25519Identity(seed, SshPublicKey.ofEd25519(point), x25519);
            } finally {
                Arrays.fill(seed, (byte) 0);
            }
        } finally {
            Arrays.fill(seedAndPoint, (byte) 0);
        }
    }

    private static Identity rsa(SshReader reader) throws GeneralSecurityException {
        BigInteger n = reader.mpint();
        BigInteger e = reader.mpint();
        BigInteger d = reader.mpint();
        BigInteger qInverse = reader.mpint();
        BigInteger p = reader.mpint();
        BigInteger q = reader.mpint();
        requirePadding(reader);
        if (n.bitLength() > SshPublicKey.LARGEST_RSA_BITS || !p.multiply(q).equals(n)) {
            throw new IllegalArgumentException("its numbers are no RSA key");
        }
        BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
        BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
        return new SshRsaIdentity((RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(n, e, d, p, q, dp, dq, qInverse)));
    }

    /** The comment, then 1, 2, 3, … up to a whole block. */
    private static void requirePadding(SshReader reader) {
        if (reader.string().length > LONGEST_COMMENT) {
            throw new IllegalArgumentException("its comment is too long");
        }
        byte[] padding = reader.rest();
        for (int i = 0; i < padding.length; i++) {
            if (padding[i] != (byte) (i + 1)) {
                throw new IllegalArgumentException("it is damaged");
            }
        }
    }
}
