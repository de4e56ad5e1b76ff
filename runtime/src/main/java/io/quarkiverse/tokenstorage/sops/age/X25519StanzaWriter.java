package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;

/** Wraps file keys for one X25519 recipient. */
final class X25519StanzaWriter implements RecipientStanzaWriter {

    private final byte[] recipient;
    private final X25519 x25519;
    private final SecureRandom random;

    X25519StanzaWriter(byte[] recipient, X25519 x25519, SecureRandom random) {
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
            CipherKey wrapKey = new X25519WrapKey().derive(x25519.sharedSecret(ephemeral, recipient), share, recipient);
            try {
                byte[] body = new FileKeyEncryptorFactory().newFileKeyEncryptor().getEncryptedFileKey(fileKey, wrapKey)
                        .getEncoded();
                return List.of(new X25519Stanza(share, body));
            } finally {
                wrapKey.destroy();
            }
        } finally {
            Arrays.fill(ephemeral, (byte) 0);
        }
    }

    private record X25519Stanza(byte[] share, byte[] body) implements RecipientStanza {

        @Override
        public String getType() {
            return X25519WrapKey.STANZA_TYPE;
        }

        @Override
        public List<String> getArguments() {
            return List.of(Base64.getEncoder().withoutPadding().encodeToString(share));
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }
}
