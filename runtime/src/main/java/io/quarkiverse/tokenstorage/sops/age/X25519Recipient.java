package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

/** Wraps file keys for one X25519 recipient, {@code age1…}. */
final class X25519Recipient implements RecipientStanzaWriter {

    private static final String HUMAN_READABLE_PART = "age";

    private final byte[] recipient;
    private final X25519 x25519;
    private final SecureRandom random;

    X25519Recipient(byte[] recipient, X25519 x25519, SecureRandom random) {
        this.recipient = recipient;
        this.x25519 = x25519;
        this.random = random;
    }

    /** @throws IllegalArgumentException if it is malformed; the message is for people */
    static X25519Recipient parse(String text, X25519 x25519, SecureRandom random) {
        byte[] publicKey = Bech32Text.decode(text, HUMAN_READABLE_PART);
        if (publicKey.length != X25519.LENGTH) {
            Arrays.fill(publicKey, (byte) 0);
            throw new IllegalArgumentException("its length is wrong");
        }
        return new X25519Recipient(publicKey, x25519, random);
    }

    static String text(byte[] publicKey) {
        return Bech32Text.encode(HUMAN_READABLE_PART, publicKey);
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] ephemeral = new byte[X25519.LENGTH];
        random.nextBytes(ephemeral);
        try {
            byte[] share = x25519.publicKey(ephemeral);
            SymmetricKey wrapKey = new X25519WrapKey().derive(x25519.sharedSecret(ephemeral, recipient), share, recipient);
            return WrappedFileKey.stanza(X25519WrapKey.STANZA_TYPE, List.of(WrappedFileKey.text(share)),
                    WrappedFileKey.seal(fileKey, wrapKey));
        } finally {
            Arrays.fill(ephemeral, (byte) 0);
        }
    }
}
