package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** An Ed25519 SSH private key. */
final class SshEd25519Identity implements Identity {

    private final byte[] scalar;
    private final SshPublicKey publicKey;
    private final X25519 x25519;

    /**
     * @param seed of the private key (RFC 8032 §5.1.5); not kept
     * @throws IllegalArgumentException if the public key is not that of the seed
     */
    SshEd25519Identity(byte[] seed, SshPublicKey publicKey, X25519 x25519) {
        this.scalar = scalar(seed);
        this.publicKey = publicKey;
        this.x25519 = x25519;
        if (!Arrays.equals(x25519.publicKey(scalar), publicKey.montgomery())) {
            close();
            throw new IllegalArgumentException("its public and private halves do not belong together");
        }
    }

    private static byte[] scalar(byte[] seed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(seed);
            byte[] scalar = Arrays.copyOf(hash, X25519.LENGTH);
            Arrays.fill(hash, (byte) 0);
            return scalar;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-512", e);
        }
    }

    @Override
    public String recipient() {
        return publicKey.text();
    }

    @Override
    public String stanzaType() {
        return SshPublicKey.ED25519;
    }

    @Override
    public Optional<FileKey> unwrap(RecipientStanza stanza) throws GeneralSecurityException {
        WrappedFileKey.requireArguments(stanza, 2);
        byte[] share = WrappedFileKey.argument(stanza, 1, X25519.LENGTH);
        if (!stanza.getArguments().get(0).equals(publicKey.fingerprint())) {
            return Optional.empty();
        }
        byte[] body = stanza.getBody();
        WrappedFileKey.requireLength(body);
        return WrappedFileKey.open(body, new SshEd25519Agreement(x25519).wrapKey(scalar, share, share, publicKey));
    }

    @Override
    public void close() {
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "identity of " + recipient();
    }
}
