package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.function.BooleanSupplier;

/** Answers, while a native image is built, whether the application has the AWS SDK but lacks its STS module. */
public final class WithoutAwsSts implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        return PresentClass.isMissing("software.amazon.awssdk.services.sts.StsClient")
                && !PresentClass.isMissing("software.amazon.awssdk.services.kms.KmsClient");
    }
}
