package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The key that wraps the file key in an ssh-ed25519 stanza ({@code agessh.go}): X25519 as in native stanzas, with the secret
 * multiplied by a tweak that binds it to the SSH key.
 */
final class SshEd25519Agreement {

    private static final String LABEL = "age-encryption.org/v1/ssh-ed25519";

    private final X25519 x25519;

    SshEd25519Agreement(X25519 x25519) {
        this.x25519 = x25519;
    }

    /**
     * @param scalar the secret of this side
     * @param otherShare the X25519 public key of the other side
     * @param ephemeralShare that of the writer
     */
    SymmetricKey wrapKey(byte[] scalar, byte[] otherShare, byte[] ephemeralShare, SshPublicKey recipient)
            throws GeneralSecurityException {
        byte[] secret = x25519.sharedSecret(scalar, otherShare);
        try {
            byte[] tweaked = x25519.sharedSecret(tweak(recipient), secret);
            return new X25519WrapKey(LABEL).derive(tweaked, ephemeralShare, recipient.montgomery());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Derived without a secret. */
    private static byte[] tweak(SshPublicKey recipient) throws GeneralSecurityException {
        return new Hkdf().derive(recipient.encoded(), new byte[0], LABEL);
    }
}
