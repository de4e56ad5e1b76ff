package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.function.BooleanSupplier;

/** Answers, while a native image is built, whether the application lacks the KMS module of the AWS SDK. */
public final class WithoutAwsSdk implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        return PresentClass.isMissing("software.amazon.awssdk.services.kms.KmsClient");
    }
}
