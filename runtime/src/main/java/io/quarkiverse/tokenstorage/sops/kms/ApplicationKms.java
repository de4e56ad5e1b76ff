package io.quarkiverse.tokenstorage.sops.kms;

import java.util.Optional;

import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Clients of AWS KMS that the application has anyway. They are used instead of an own one, with the credentials, endpoint
 * and retries that the application set, and never closed here. Implementations are thread-safe.
 */
public interface ApplicationKms {

    /** The client for this region, if there is one. */
    Optional<KmsClient> clientFor(String region);
}
