package io.quarkiverse.tokenstorage.sops.kms;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of AWS KMS of our own, for one {@link Access}. Thread-safe.
 *
 * @param kms makes the calls
 * @param credentials those of the calls
 * @param owned what else is to be closed with it
 */
record AwsClient(KmsClient kms, AwsCredentialsProvider credentials, List<SdkAutoCloseable> owned) implements AutoCloseable {

    /**
     * What a client is made for.
     *
     * @param region of the key
     * @param role to be assumed; empty if none
     * @param profile of the shared configuration; empty if none
     */
    record Access(String region, String role, String profile) {
    }

    static AwsClient open(Access access, AwsEnvironment environment, String sessionName, CallLimits limits) {
        List<SdkAutoCloseable> owned = new ArrayList<>();
        boolean open = false;
        try {
            AwsCredentialsProvider base = environment.credentials(access.profile());
            if (base instanceof SdkAutoCloseable closeable) {
                owned.add(closeable);
            }
            AwsCredentialsProvider credentials = access.role().isEmpty() ? base
                    : AssumedRole.credentials(access.role(), sessionName,
                            sts -> configure(sts, "STS", access, base, environment, limits), owned);
            KmsClientBuilder kms = KmsClient.builder();
            configure(kms, "KMS", access, credentials, environment, limits);
            AwsClient client = new AwsClient(kms.build(), credentials, owned);
            open = true;
            return client;
        } finally {
            if (!open) {
                close(owned);
            }
        }
    }

    private static void configure(AwsClientBuilder<?, ?> builder, String service, Access access,
            AwsCredentialsProvider credentials, AwsEnvironment environment, CallLimits limits) {
        builder.region(Region.of(access.region()));
        builder.credentialsProvider(credentials);
        builder.overrideConfiguration(override -> override.apiCallTimeout(limits.call())
                .apiCallAttemptTimeout(limits.attempt()).retryStrategy(RetryMode.STANDARD)
                .defaultProfileFileSupplier(environment.profiles())
                .defaultProfileName(environment.profileName(access.profile())));
        environment.endpoint(service).ifPresent(builder::endpointOverride);
    }

    @Override
    public void close() {
        kms.close();
        close(owned);
    }

    /** The last first, since it may use those before. */
    private static void close(List<SdkAutoCloseable> owned) {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }
}
