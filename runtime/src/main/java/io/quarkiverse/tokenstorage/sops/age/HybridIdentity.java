package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** A native post-quantum age identity (MLKEM768-X25519). BouncyCastle has no way to zero these. */
final class HybridIdentity implements Identity {

    /** What the text of every such identity starts with. */
    static final String PREFIX = "AGE-SECRET-KEY-PQ-1";

    private static final String HUMAN_READABLE_PART = "AGE-SECRET-KEY-PQ-";

    private final String recipient;
    private volatile AdditionalAlgorithms.HybridPrivateKey privateKey;

    private HybridIdentity(AdditionalAlgorithms.HybridPrivateKey privateKey) {
        this.privateKey = privateKey;
        this.recipient = HybridRecipient.text(privateKey.publicKey());
    }

    /**
     * @param text the identity in upper case, as age writes it; not kept
     * @throws IllegalArgumentException if it is malformed; the message says nothing of the text
     */
    static HybridIdentity parse(CharBuffer text) throws MissingBouncyCastleException {
        byte[] seed = Bech32Text.decode(text, HUMAN_READABLE_PART);
        try {
            if (seed.length != AdditionalAlgorithms.HYBRID_SEED_LENGTH) {
                throw new IllegalArgumentException("malformed secret key");
            }
            return new HybridIdentity(
                    OptionalBouncyCastle.required("post-quantum identities (" + PREFIX + "…)").hybridPrivateKey(seed));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** {@code age1pq1…} */
    @Override
    public String recipient() {
        return recipient;
    }

    @Override
    public String stanzaType() {
        return HybridRecipient.STANZA_TYPE;
    }

    /** Stanzas of this type do not tell for whom they are. */
    @Override
    public Optional<FileKey> unwrap(RecipientStanza stanza) throws GeneralSecurityException {
        WrappedFileKey.requireArguments(stanza, 1);
        byte[] encapsulation = WrappedFileKey.argument(stanza, 0, AdditionalAlgorithms.HYBRID_ENCAPSULATION_LENGTH);
        byte[] body = stanza.getBody();
        WrappedFileKey.requireLength(body);
        return privateKey.open(HybridRecipient.label(), new AdditionalAlgorithms.Sealed(encapsulation, body))
                .map(FileKey::new);
    }

    @Override
    public void close() {
        privateKey = null;
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
