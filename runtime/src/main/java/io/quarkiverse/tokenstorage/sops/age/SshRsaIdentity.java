package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Optional;

import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** An RSA SSH private key. The Java platform has no way to zero these. */
final class SshRsaIdentity implements Identity {

    private final SshPublicKey publicKey;
    private volatile RSAPrivateCrtKey privateKey;

    /** @throws IllegalArgumentException if age does not use RSA keys of this size */
    SshRsaIdentity(RSAPrivateCrtKey privateKey) {
        this.privateKey = privateKey;
        this.publicKey = SshPublicKey.ofRsa(privateKey.getModulus(), privateKey.getPublicExponent());
    }

    @Override
    public String recipient() {
        return publicKey.text();
    }

    @Override
    public String stanzaType() {
        return SshPublicKey.RSA;
    }

    @Override
    public Optional<FileKey> unwrap(RecipientStanza stanza) throws GeneralSecurityException {
        WrappedFileKey.requireArguments(stanza, 1);
        if (!stanza.getArguments().get(0).equals(publicKey.fingerprint())) {
            return Optional.empty();
        }
        Cipher cipher = SshRsaRecipient.cipher();
        cipher.init(Cipher.DECRYPT_MODE, privateKey, SshRsaRecipient.padding());
        try {
            return Optional.of(new FileKey(cipher.doFinal(stanza.getBody())));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            // The fingerprint is a short hint, and may be that of another key too
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        privateKey = null;
    }

    @Override
    public String toString() {
        return "identity of " + recipient();
    }
}
