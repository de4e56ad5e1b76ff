package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

/**
 * Wraps file keys for one post-quantum recipient, {@code age1pq1…} (C2SP age.md, "The mlkem768x25519 recipient type"): HPKE
 * with the file key as its only message.
 */
final class HybridRecipient implements RecipientStanzaWriter {

    static final String STANZA_TYPE = "mlkem768x25519";

    private static final String HUMAN_READABLE_PART = "age1pq";
    private static final String LABEL = "age-encryption.org/mlkem768x25519";

    private final byte[] publicKey;
    private final AdditionalAlgorithms algorithms;
    private final SecureRandom random;

    private HybridRecipient(byte[] publicKey, AdditionalAlgorithms algorithms, SecureRandom random) {
        this.publicKey = publicKey;
        this.algorithms = algorithms;
        this.random = random;
    }

    /** @throws IllegalArgumentException if it is malformed; the message is for people */
    static HybridRecipient parse(String text, SecureRandom random) throws MissingBouncyCastleException {
        byte[] publicKey = Bech32Text.decode(text, HUMAN_READABLE_PART);
        if (publicKey.length != AdditionalAlgorithms.HYBRID_PUBLIC_KEY_LENGTH) {
            throw new IllegalArgumentException("its length is wrong");
        }
        return new HybridRecipient(publicKey, OptionalBouncyCastle.required("post-quantum recipients (age1pq1…)"), random);
    }

    static String text(byte[] publicKey) {
        return Bech32Text.encode(HUMAN_READABLE_PART, publicKey);
    }

    /** What binds the message to its purpose. */
    static byte[] label() {
        return LABEL.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        byte[] message = fileKey.getEncoded();
        try {
            AdditionalAlgorithms.Sealed sealed = algorithms.hybridSeal(publicKey, label(), message, random);
            return WrappedFileKey.stanza(STANZA_TYPE, List.of(WrappedFileKey.text(sealed.encapsulation())),
                    sealed.ciphertext());
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }
}
