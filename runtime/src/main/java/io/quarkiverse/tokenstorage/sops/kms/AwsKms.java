package io.quarkiverse.tokenstorage.sops.kms;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/** AWS KMS through the AWS SDK: with the application's client where that fits, else with one of our own. */
final class AwsKms implements KmsOperations {

    private interface Call extends BiFunction<KmsClient, AwsRequestOverrideConfiguration, SdkBytes> {
    }

    private final Optional<ApplicationKms> application;
    private final CallLimits limits;
    private final ClientPool clients;
    private final CredentialsResolution resolutions;

    AwsKms(HostEnvironment environment, Optional<ApplicationKms> application, CallLimits limits) {
        AwsEnvironment aws = new AwsEnvironment(environment);
        this.application = application;
        this.limits = limits;
        this.resolutions = new CredentialsResolution(limits);
        this.clients = new ClientPool(access -> AwsClient.open(access, aws, RoleSessionName.of(environment), limits));
    }

    @Override
    public byte[] encrypt(KmsKey key, byte[] plaintext) {
        // Unsafe is to be without a copy here, of which somebody would have to zero the one and could not
        return call(new AwsFailures(key, AwsFailures.ENCRYPT, limits), (kms, override) -> kms.encrypt(request -> request
                .keyId(key.arn()).plaintext(SdkBytes.fromByteArrayUnsafe(plaintext)).encryptionContext(key.context())
                .overrideConfiguration(override)).ciphertextBlob());
    }

    @Override
    public byte[] decrypt(KmsKey key, byte[] ciphertext) {
        return call(new AwsFailures(key, AwsFailures.DECRYPT, limits), (kms, override) -> kms.decrypt(request -> request
                .keyId(key.arn()).ciphertextBlob(SdkBytes.fromByteArrayUnsafe(ciphertext)).encryptionContext(key.context())
                .overrideConfiguration(override)).plaintext());
    }

    private byte[] call(AwsFailures failures, Call call) {
        KmsKey key = failures.key();
        String region = key.region().orElseThrow();
        Optional<KmsClient> theirs = key.role().isEmpty() && key.profile().isEmpty()
                ? application.flatMap(clients -> clients.clientFor(region))
                : Optional.empty();
        return theirs.isPresent() ? callTheirs(failures, theirs.get(), call)
                : callOurs(failures, new AwsClient.Access(region, key.role(), key.profile()), call);
    }

    private byte[] callTheirs(AwsFailures failures, KmsClient kms, Call call) {
        SdkBytes answer;
        try {
            answer = call.apply(kms, timeouts(kms));
        } catch (RuntimeException e) {
            // Not only those of the SDK: what answers may be anything, and the client may have been closed meanwhile
            throw failures.ofCall(e);
        }
        return content(answer, failures);
    }

    /** A proxy, or whatever else an address leads to, may answer with success and without what was asked for. */
    private static byte[] content(SdkBytes answer, AwsFailures failures) {
        if (answer == null || answer.asByteArrayUnsafe().length == 0) {
            throw failures.ofEmptyAnswer();
        }
        return answer.asByteArrayUnsafe();
    }

    private byte[] callOurs(AwsFailures failures, AwsClient.Access access, Call call) {
        try (ClientPool.Lease lease = lease(failures, access)) {
            resolutions.require(access, lease.client().credentials(), failures);
            SdkBytes answer;
            try {
                KmsClient kms = lease.client().kms();
                answer = call.apply(kms, timeouts(kms));
                lease.keep();
            } catch (SdkException e) {
                if (!ErrorMeaning.isOfCredentials(e)) {
                    lease.keep();
                }
                throw failures.ofCall(e);
            } catch (RuntimeException e) {
                throw failures.ofCall(e);
            }
            return content(answer, failures);
        }
    }

    private ClientPool.Lease lease(AwsFailures failures, AwsClient.Access access) {
        try {
            return clients.lease(access);
        } catch (SdkException | IllegalArgumentException | UncheckedIOException e) {
            throw failures.ofSetUp(e);
        }
    }

    /** An application's client may have none, and the call would wait as long as the network lets it. */
    private AwsRequestOverrideConfiguration timeouts(KmsClient kms) {
        var client = kms.serviceClientConfiguration().overrideConfiguration();
        Duration call = client.apiCallTimeout().orElse(limits.call());
        Duration attempt = client.apiCallAttemptTimeout().orElse(limits.attempt());
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(call).apiCallAttemptTimeout(attempt).build();
    }

    @Override
    public void close() {
        clients.close();
    }
}
