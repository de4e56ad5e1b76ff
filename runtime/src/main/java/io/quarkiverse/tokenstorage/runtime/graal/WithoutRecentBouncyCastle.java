package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.function.BooleanSupplier;

/**
 * Answers, while a native image is built, whether the application lacks BouncyCastle, or has one from before 1.86: the builder
 * resolves every method, and an application that has the older one for another purpose must not fail for that.
 */
public final class WithoutRecentBouncyCastle implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        return PresentClass.isMissing("org.bouncycastle.crypto.hpke.XWingKEM");
    }
}
