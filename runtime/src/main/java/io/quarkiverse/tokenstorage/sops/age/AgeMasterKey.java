package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Set;

import com.exceptionfactory.jagged.RecipientStanzaWriter;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A recipient of any kind that is built in. */
final class AgeMasterKey implements MasterKey {

    /** The names of the fields of an entry, in the order in which sops writes them. */
    static final String ENC = "enc";
    static final String RECIPIENT = "recipient";

    private final String recipient;
    private final String publicKey;
    private final RecipientStanzaWriter stanzaWriter;
    private final SecureRandom random;

    /**
     * @param publicKey the recipient without what does not tell keys apart
     * @param random for file keys and nonces
     */
    AgeMasterKey(String recipient, String publicKey, RecipientStanzaWriter stanzaWriter, SecureRandom random) {
        this.recipient = recipient;
        this.publicKey = publicKey;
        this.stanzaWriter = stanzaWriter;
        this.random = random;
    }

    @Override
    public KeyKind kind() {
        return KeyKind.AGE;
    }

    @Override
    public String identity() {
        return recipient;
    }

    @Override
    public boolean isOneOf(Set<String> identities) {
        return identities.contains(publicKey);
    }

    @Override
    public KeyEntry wrap(DataKey dataKey) {
        try {
            String enc = AgeArmor.encode(AgeFile.encrypt(dataKey.bytes(), stanzaWriter, random));
            JsonObject fields = JsonObject.builder().add(ENC, enc).add(RECIPIENT, recipient).build();
            return new KeyEntry(KeyKind.AGE, recipient, enc, fields);
        } catch (InvalidKeyException e) {
            throw new StorageNotConfiguredException("The age recipient " + AgeRecipients.shown(recipient)
                    + " is not a public key that anybody could have: replace it");
        } catch (GeneralSecurityException e) {
            throw new StorageNotConfiguredException("This Java platform cannot encrypt with age: it needs ChaCha20-Poly1305"
                    + " and HmacSHA256 from its security providers", e);
        }
    }

    @Override
    public String toString() {
        return recipient;
    }
}
