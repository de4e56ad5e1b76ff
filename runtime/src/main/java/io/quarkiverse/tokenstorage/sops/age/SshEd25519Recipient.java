package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

/** Wraps file keys for one Ed25519 SSH key. */
final class SshEd25519Recipient implements RecipientStanzaWriter {

    private final SshPublicKey recipient;
    private final X25519 x25519;
    private final SecureRandom random;

    SshEd25519Recipient(SshPublicKey recipient, X25519 x25519, SecureRandom random) {
        this.recipient = recipient;
        this.x25519 = x25519;
        this.random = random;
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] ephemeral = new byte[X25519.LENGTH];
        random.nextBytes(ephemeral);
        try {
            byte[] share = x25519.publicKey(ephemeral);
            SymmetricKey wrapKey = new SshEd25519Agreement(x25519).wrapKey(ephemeral, recipient.montgomery(), share, recipient);
            return WrappedFileKey.stanza(SshPublicKey.ED25519, List.of(recipient.fingerprint(), WrappedFileKey.text(share)),
                    WrappedFileKey.seal(fileKey, wrapKey));
        } finally {
            Arrays.fill(ephemeral, (byte) 0);
        }
    }
}
