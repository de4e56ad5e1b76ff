package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.HashedDerivedKeyProducer;
import com.exceptionfactory.jagged.framework.crypto.SharedSaltKey;
import com.exceptionfactory.jagged.framework.crypto.SharedSecretKey;

/**
 * The key that wraps the file key in an X25519 stanza (C2SP age.md, "The X25519 recipient type"), and with another label in
 * an ssh-ed25519 stanza.
 */
final class X25519WrapKey extends HashedDerivedKeyProducer {

    static final String STANZA_TYPE = "X25519";

    private final byte[] label;

    X25519WrapKey() {
        this("age-encryption.org/v1/X25519");
    }

    X25519WrapKey(String label) {
        this.label = label.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param sharedSecret is zeroed */
    CipherKey derive(byte[] sharedSecret, byte[] ephemeralShare, byte[] recipient) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOf(ephemeralShare, 2 * X25519.LENGTH);
        System.arraycopy(recipient, 0, salt, X25519.LENGTH, X25519.LENGTH);
        SharedSecretKey secret = new SharedSecretKey(sharedSecret);
        try {
            return new CipherKey(getDerivedKey(secret, new SharedSaltKey(salt), label));
        } finally {
            secret.destroy();
        }
    }
}
