package io.quarkiverse.tokenstorage.sops.kms;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** Answers for AWS KMS in an application without the AWS SDK. */
public final class MissingAwsSdk implements KmsOperations {

    @Override
    public byte[] encrypt(KmsKey key, byte[] plaintext) {
        throw new StorageNotConfiguredException(message(key));
    }

    @Override
    public byte[] decrypt(KmsKey key, byte[] ciphertext) {
        throw new DataKeyUnavailableException(message(key));
    }

    static String message(KmsKey key) {
        return "The AWS KMS key " + PrintableText.of(key.arn()) + " needs the AWS SDK, which this application lacks"
                + (key.role().isEmpty() ? "" : ", or its part for roles")
                + ": add the dependencies software.amazon.awssdk:kms and url-connection-client"
                + (key.role().isEmpty() ? "" : " and sts");
    }

    @Override
    public void close() {
        // Nothing is held
    }
}
