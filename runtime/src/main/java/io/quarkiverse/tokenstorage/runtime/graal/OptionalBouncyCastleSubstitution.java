package io.quarkiverse.tokenstorage.runtime.graal;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.tokenstorage.sops.age.OptionalBouncyCastle;

/** As {@link FastestX25519Substitution}, for the algorithms that only BouncyCastle has. */
@TargetClass(value = OptionalBouncyCastle.class, onlyWith = WithoutRecentBouncyCastle.class)
final class OptionalBouncyCastleSubstitution {

    @Substitute
    private static Object find() {
        return null;
    }
}
