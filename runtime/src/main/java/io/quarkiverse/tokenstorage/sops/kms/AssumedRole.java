package io.quarkiverse.tokenstorage.sops.kms;

import java.util.List;
import java.util.function.Consumer;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of a role, which AWS STS gives for others; asked for anew shortly before they expire. The one class that names
 * the STS module of the AWS SDK, so that it can be replaced in native images without that module.
 */
public final class AssumedRole {

    private AssumedRole() {
    }

    /**
     * @param role its ARN
     * @param sessionName under which the role is assumed
     * @param settings makes the client of STS ready
     * @param owned gets what is to be closed with the credentials
     */
    public static AwsCredentialsProvider credentials(String role, String sessionName,
            Consumer<AwsClientBuilder<?, ?>> settings, List<SdkAutoCloseable> owned) {
        StsClientBuilder builder = StsClient.builder();
        settings.accept(builder);
        StsClient sts = builder.build();
        owned.add(sts);
        StsAssumeRoleCredentialsProvider credentials = StsAssumeRoleCredentialsProvider.builder().stsClient(sts)
                .refreshRequest(request -> request.roleArn(role).roleSessionName(sessionName)).build();
        owned.add(credentials);
        return credentials;
    }
}
