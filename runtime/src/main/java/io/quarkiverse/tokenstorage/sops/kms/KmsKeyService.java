package io.quarkiverse.tokenstorage.sops.kms;

import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * The AWS KMS keys of SOPS ({@code kms/keysource.go}). Wrapping and unwrapping is one call of the service each, plus one of
 * STS for a role that was not assumed yet. Thread-safe.
 */
public final class KmsKeyService implements KeyService {

    /** What KMS itself takes, in bytes; it answers with a few hundred. */
    private static final int LONGEST_CIPHERTEXT = 6144;

    private final KmsOperations operations;
    private final Clock clock;

    /**
     * @param operations closed with this service
     * @param clock the time that is written into entries
     */
    public KmsKeyService(KmsOperations operations, Clock clock) {
        this.operations = operations;
        this.clock = clock;
    }

    @Override
    public KeyKind kind() {
        return KeyKind.KMS;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        KmsKey key;
        try {
            key = KmsKey.of(description, where);
        } catch (DamagedDocumentException e) {
            throw new StorageNotConfiguredException(e.getMessage());
        }
        if (key.region().isEmpty()) {
            throw new StorageNotConfiguredException(where + ": " + noArn(key));
        }
        return new KmsMasterKey(key, operations, clock);
    }

    @Override
    public DataKey unwrap(KeyEntry entry) {
        KmsKey key = KmsKey.of(entry.fields(), "The entry of an AWS KMS key");
        if (key.region().isEmpty()) {
            throw new DamagedDocumentException(noArn(key));
        }
        return DataKey.owning(operations.decrypt(key, ciphertext(key, entry.enc())));
    }

    /** Go skips line breaks but insists on padding; Java does neither. */
    private static byte[] ciphertext(KmsKey key, String enc) {
        String base64 = enc.replace("\r", "").replace("\n", "");
        try {
            if (base64.length() % 4 == 0 && base64.length() <= LONGEST_CIPHERTEXT / 3 * 4) {
                byte[] ciphertext = Base64.getDecoder().decode(base64);
                if (ciphertext.length > 0) {
                    return ciphertext;
                }
            }
        } catch (IllegalArgumentException e) {
            // Answered below; the exception quotes the text
        }
        throw new DamagedDocumentException("The entry of the AWS KMS key " + PrintableText.of(key.arn())
                + " is damaged: its enc is not the Base64 of a wrapped key; restore the file from a copy, or log in again");
    }

    private static String noArn(KmsKey key) {
        return "no valid ARN found in '" + PrintableText.of(key.arn()) + "': an AWS KMS key is written"
                + " arn:aws:kms:REGION:ACCOUNT:key/ID or arn:aws:kms:REGION:ACCOUNT:alias/NAME";
    }

    /** Not known: only the service can tell who may use a key. */
    @Override
    public Optional<Set<String>> ownMasterKeys() {
        return Optional.empty();
    }

    @Override
    public void close() {
        operations.close();
    }
}
