package io.quarkiverse.tokenstorage.runtime.graal;

import java.util.function.BooleanSupplier;

/** Answers, while a native image is built, whether the application lacks BouncyCastle. */
public final class WithoutBouncyCastle implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        return PresentClass.isMissing("org.bouncycastle.math.ec.rfc7748.X25519");
    }
}
