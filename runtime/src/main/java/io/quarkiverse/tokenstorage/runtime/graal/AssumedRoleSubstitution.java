package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.List;
import java.util.function.Consumer;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.tokenstorage.sops.kms.AssumedRole;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The part of the AWS SDK for roles can be missing on its own; on the JVM that is found out when a role is assumed. */
@TargetClass(value = AssumedRole.class, onlyWith = WithoutAwsSts.class)
final class AssumedRoleSubstitution {

    @Substitute
    public static AwsCredentialsProvider credentials(String role, String sessionName,
            Consumer<AwsClientBuilder<?, ?>> settings, List<SdkAutoCloseable> owned) {
        throw new NoClassDefFoundError("software/amazon/awssdk/services/sts/StsClient");
    }
}
