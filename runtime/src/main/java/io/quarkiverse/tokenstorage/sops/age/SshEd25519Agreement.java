package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;

/**
 * The key that wraps the file key in an ssh-ed25519 stanza ({@code agessh.go}): X25519 as in native stanzas, with the secret
 * multiplied by a tweak that binds it to the SSH key.
 */
final class SshEd25519Agreement {

    private static final String HMAC = "HmacSHA256";
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
    CipherKey wrapKey(byte[] scalar, byte[] otherShare, byte[] ephemeralShare, SshPublicKey recipient)
            throws GeneralSecurityException {
        byte[] secret = x25519.sharedSecret(scalar, otherShare);
        try {
            byte[] tweaked = x25519.sharedSecret(tweak(recipient), secret);
            return new X25519WrapKey(LABEL).derive(tweaked, ephemeralShare, recipient.montgomery());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** HKDF-SHA256 (RFC 5869) without a secret: jagged's takes secrets of 32 bytes only. */
    private static byte[] tweak(SshPublicKey recipient) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance(HMAC);
        hmac.init(new SecretKeySpec(recipient.encoded(), HMAC));
        byte[] extracted = hmac.doFinal();
        hmac.init(new SecretKeySpec(extracted, HMAC));
        hmac.update(LABEL.getBytes(StandardCharsets.US_ASCII));
        hmac.update((byte) 1);
        return hmac.doFinal();
    }
}
