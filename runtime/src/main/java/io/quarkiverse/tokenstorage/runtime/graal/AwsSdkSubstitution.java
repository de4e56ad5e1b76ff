package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.Optional;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import io.quarkiverse.tokenstorage.sops.kms.AwsSdk;
import io.quarkiverse.tokenstorage.sops.kms.KmsOperations;
import io.quarkiverse.tokenstorage.sops.kms.MissingAwsSdk;

/** A native image cannot try at run time whether the AWS SDK is there, so the decision is made when it is built. */
@TargetClass(value = AwsSdk.class, onlyWith = WithoutAwsSdk.class)
final class AwsSdkSubstitution {

    @Substitute
    public static KmsOperations detect(HostEnvironment environment, Optional<ApplicationKms> application) {
        return new MissingAwsSdk();
    }
}
