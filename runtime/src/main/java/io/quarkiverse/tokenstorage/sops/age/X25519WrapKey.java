package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The key that wraps the file key in an X25519 stanza (C2SP age.md, "The X25519 recipient type"), and with another label in
 * an ssh-ed25519 stanza.
 */
final class X25519WrapKey {

    static final String STANZA_TYPE = "X25519";

    private final String label;

    X25519WrapKey() {
        this("age-encryption.org/v1/X25519");
    }

    X25519WrapKey(String label) {
        this.label = label;
    }

    /** @param sharedSecret is zeroed */
    SymmetricKey derive(byte[] sharedSecret, byte[] ephemeralShare, byte[] recipient) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOf(ephemeralShare, 2 * X25519.LENGTH);
        System.arraycopy(recipient, 0, salt, X25519.LENGTH, X25519.LENGTH);
        try {
            return new SymmetricKey(new Hkdf().derive(salt, sharedSecret, label), ChunkCipher.ALGORITHM);
        } finally {
            Arrays.fill(sharedSecret, (byte) 0);
        }
    }
}
