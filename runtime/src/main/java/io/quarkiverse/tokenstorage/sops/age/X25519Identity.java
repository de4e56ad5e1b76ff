package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** A native age identity (X25519 secret key) with its recipient, computed once. */
final class X25519Identity implements Identity {

    /** What the text of every such identity starts with. */
    static final String PREFIX = "AGE-SECRET-KEY-1";

    private static final String HUMAN_READABLE_PART = "AGE-SECRET-KEY-";

    private final byte[] scalar;
    private final byte[] publicKey;
    private final String recipient;
    private final X25519 x25519;

    /** Takes over {@code scalar}. */
    private X25519Identity(byte[] scalar, X25519 x25519) {
        this.scalar = scalar;
        this.x25519 = x25519;
        this.publicKey = x25519.publicKey(scalar);
        this.recipient = X25519Recipient.text(publicKey);
    }

    /**
     * @param text the identity in upper case, as age writes it; not kept
     * @throws IllegalArgumentException if it is malformed; the message says nothing of the text
     */
    static X25519Identity parse(CharBuffer text, X25519 x25519) {
        byte[] scalar = Bech32Text.decode(text, HUMAN_READABLE_PART);
        if (scalar.length != X25519.LENGTH) {
            Arrays.fill(scalar, (byte) 0);
            throw new IllegalArgumentException("malformed secret key");
        }
        return new X25519Identity(scalar, x25519);
    }

    static X25519Identity generate(SecureRandom random, X25519 x25519) {
        byte[] scalar = new byte[X25519.LENGTH];
        random.nextBytes(scalar);
        return new X25519Identity(scalar, x25519);
    }

    /** {@code age1…} */
    @Override
    public String recipient() {
        return recipient;
    }

    @Override
    public String stanzaType() {
        return X25519WrapKey.STANZA_TYPE;
    }

    /** Stanzas of this type do not tell for whom they are. */
    @Override
    public Optional<FileKey> unwrap(RecipientStanza stanza) throws GeneralSecurityException {
        WrappedFileKey.requireArguments(stanza, 1);
        byte[] share = WrappedFileKey.argument(stanza, 0, X25519.LENGTH);
        byte[] body = stanza.getBody();
        WrappedFileKey.requireLength(body);
        byte[] secret = x25519.sharedSecret(scalar, share);
        return WrappedFileKey.open(body, new X25519WrapKey().derive(secret, share, publicKey));
    }

    /** The secret text, for the identity file only. */
    String secretText() {
        return Bech32Text.encode(HUMAN_READABLE_PART, scalar);
    }

    @Override
    public void close() {
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
