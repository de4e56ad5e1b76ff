package io.quarkiverse.tokenstorage.sops.age;

import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** A native post-quantum age identity (MLKEM768-X25519) with its recipient, computed once. */
final class HybridIdentity implements Identity {

    /** What the text of every such identity starts with. */
    static final String PREFIX = "AGE-SECRET-KEY-PQ-1";

    private static final String HUMAN_READABLE_PART = "AGE-SECRET-KEY-PQ-";

    private final byte[] seed;
    private final String recipient;
    private final AdditionalAlgorithms algorithms;

    /** Takes over {@code seed}. */
    private HybridIdentity(byte[] seed, AdditionalAlgorithms algorithms) {
        this.seed = seed;
        this.recipient = HybridRecipient.text(algorithms.hybridPublicKey(seed));
        this.algorithms = algorithms;
    }

    /**
     * @param text the identity in upper case, as age writes it; not kept
     * @throws IllegalArgumentException if it is malformed; the message says nothing of the text
     */
    static HybridIdentity parse(CharBuffer text) throws MissingBouncyCastleException {
        byte[] seed = Bech32Text.decode(text, HUMAN_READABLE_PART);
        boolean complete = false;
        try {
            if (seed.length != AdditionalAlgorithms.HYBRID_SEED_LENGTH) {
                throw new IllegalArgumentException("malformed secret key");
            }
            HybridIdentity identity = new HybridIdentity(seed,
                    OptionalBouncyCastle.required("post-quantum identities (" + PREFIX + "…)"));
            complete = true;
            return identity;
        } finally {
            if (!complete) {
                Arrays.fill(seed, (byte) 0);
            }
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
        return algorithms.hybridOpen(seed, HybridRecipient.label(), new AdditionalAlgorithms.Sealed(encapsulation, body))
                .map(FileKey::new);
    }

    @Override
    public void close() {
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
