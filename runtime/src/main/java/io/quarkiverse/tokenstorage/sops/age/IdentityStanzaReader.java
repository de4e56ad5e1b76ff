package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;

/**
 * Tries identities on the stanzas of one file, in their order. {@link UnsupportedRecipientStanzaException} means that none
 * fits; any other exception that the file is not intact.
 */
final class IdentityStanzaReader implements RecipientStanzaReader {

    /** sops writes one; each costs an asymmetric operation for every identity. */
    private static final int MOST_STANZAS = 16;

    private final List<? extends Identity> identities;

    IdentityStanzaReader(List<? extends Identity> identities) {
        this.identities = identities;
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        List<RecipientStanza> all = new ArrayList<>();
        stanzas.forEach(all::add);
        if (all.size() > MOST_STANZAS) {
            throw new InvalidKeyException("More than " + MOST_STANZAS + " recipients in one entry");
        }
        for (Identity identity : identities) {
            for (RecipientStanza stanza : all) {
                if (stanza.getType().equals(identity.stanzaType())) {
                    Optional<FileKey> fileKey = identity.unwrap(stanza);
                    if (fileKey.isPresent()) {
                        return fileKey.get();
                    }
                }
            }
        }
        throw new UnsupportedRecipientStanzaException("No identity fits");
    }
}
