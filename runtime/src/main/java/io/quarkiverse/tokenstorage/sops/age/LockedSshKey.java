package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

import com.exceptionfactory.jagged.RecipientStanza;

/** The file of an SSH private key under a passphrase; its public half is known. */
final class LockedSshKey implements LockedIdentities {

    private final String label;
    private final SshPrivateKey key;
    private final SshPublicKey publicKey;
    private final X25519 x25519;

    LockedSshKey(String label, SshPrivateKey key, SshPublicKey publicKey, X25519 x25519) {
        this.label = label;
        this.key = key;
        this.publicKey = publicKey;
        this.x25519 = x25519;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        return Optional.of(publicKey);
    }

    @Override
    public boolean mayOpen(List<RecipientStanza> stanzas) {
        return stanzas.stream().anyMatch(stanza -> stanza.getType().equals(publicKey.type()) && !stanza.getArguments().isEmpty()
                && stanza.getArguments().get(0).equals(publicKey.fingerprint()));
    }

    @Override
    public void requireUsable() throws GeneralSecurityException {
        key.requireUsable();
    }

    @Override
    public byte[] decrypt(byte[] passphrase) throws GeneralSecurityException {
        return key.decrypt(passphrase);
    }

    @Override
    public IdentityText read(byte[] plain) throws GeneralSecurityException {
        Identity identity = key.identity(plain, x25519);
        if (!identity.recipient().equals(publicKey.text())) {
            identity.close();
            throw new IllegalArgumentException("the public key beside it is not that of this private key");
        }
        return new IdentityText(List.of(identity), List.of());
    }
}
