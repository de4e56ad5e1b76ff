package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * An SSH private key as its file holds it, perhaps under a passphrase. Messages of all exceptions are for people and hold
 * nothing of the key.
 */
interface SshPrivateKey {

    /** @throws IllegalArgumentException if it is in no format that is known here */
    static SshPrivateKey parse(byte[] file) {
        PemBlock pem = PemBlock.parse(file);
        return switch (pem.label()) {
            case OpenSshKey.LABEL -> OpenSshKey.of(pem);
            case PemKey.PKCS1_LABEL, PemKey.PKCS8_LABEL -> PemKey.of(pem);
            case "ENCRYPTED PRIVATE KEY" -> throw new IllegalArgumentException("it is in the encrypted form of PKCS #8, which"
                    + " sops cannot read either: 'ssh-keygen -p -f' with its path rewrites it");
            default -> throw new IllegalArgumentException("it is not an RSA or Ed25519 private key of SSH");
        };
    }

    boolean isProtected();

    /** The public half, if the file tells it without the passphrase. */
    Optional<SshPublicKey> publicKey();

    /** @throws MissingBouncyCastleException if a passphrase would be of no use */
    void requireUsable() throws MissingBouncyCastleException;

    /**
     * The part of the file that is secret, in clear; the caller zeroes it.
     *
     * @param passphrase in UTF-8; of no meaning unless {@link #isProtected()}
     * @throws IllegalArgumentException if the file is malformed
     */
    byte[] decrypt(byte[] passphrase) throws GeneralSecurityException;

    /**
     * @param plain what {@link #decrypt} returned; left as it is
     * @throws IllegalArgumentException if it is malformed
     */
    Identity identity(byte[] plain, X25519 x25519) throws GeneralSecurityException;
}
