package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.AEADBadTagException;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;

/**
 * Tries identities on the X25519 stanzas of one file. {@link UnsupportedRecipientStanzaException} means that none fits; any
 * other exception that the file is not intact.
 */
final class X25519StanzaReader implements RecipientStanzaReader {

    private static final int WRAPPED_FILE_KEY_LENGTH = 32;
    /** sops writes one; each costs a key agreement for every identity. */
    private static final int MOST_STANZAS = 16;

    private final List<AgeIdentity> identities;
    private final X25519 x25519;

    X25519StanzaReader(List<AgeIdentity> identities, X25519 x25519) {
        this.identities = identities;
        this.x25519 = x25519;
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        List<RecipientStanza> candidates = new ArrayList<>();
        for (RecipientStanza stanza : stanzas) {
            if (stanza.getType().equals(X25519WrapKey.STANZA_TYPE)) {
                candidates.add(stanza);
            }
        }
        if (candidates.size() > MOST_STANZAS) {
            throw new InvalidKeyException("More than " + MOST_STANZAS + " recipients in one entry");
        }
        for (AgeIdentity identity : identities) {
            for (RecipientStanza stanza : candidates) {
                try {
                    return unwrap(stanza, identity);
                } catch (AEADBadTagException e) {
                    // For somebody else: stanzas do not tell for whom they are
                }
            }
        }
        throw new UnsupportedRecipientStanzaException("No identity fits");
    }

    private FileKey unwrap(RecipientStanza stanza, AgeIdentity identity) throws GeneralSecurityException {
        byte[] share = share(stanza);
        byte[] body = stanza.getBody();
        if (body.length != WRAPPED_FILE_KEY_LENGTH) {
            throw new InvalidKeyException("The wrapped file key has the wrong length");
        }
        byte[] secret = x25519.sharedSecret(identity.scalar(), share);
        CipherKey wrapKey = new X25519WrapKey().derive(secret, share, identity.publicKey());
        try {
            return new FileKeyDecryptorFactory().newFileKeyDecryptor().getFileKey(new EncryptedFileKey(body), wrapKey);
        } finally {
            wrapKey.destroy();
        }
    }

    private static byte[] share(RecipientStanza stanza) throws InvalidKeyException {
        if (stanza.getArguments().size() == 1) {
            try {
                byte[] share = CanonicalBase64.getDecoder()
                        .decode(stanza.getArguments().get(0).getBytes(StandardCharsets.ISO_8859_1));
                if (share.length == X25519.LENGTH) {
                    return share;
                }
            } catch (IllegalArgumentException e) {
                // Answered below: not Base64, too
            }
        }
        throw new InvalidKeyException("The stanza holds no X25519 share");
    }
}
