package io.quarkiverse.tokenstorage.runtime.graal;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.sops.age.X25519;

/**
 * A native image resolves every reference when it is built, so a class that is not there cannot be tried as on the JVM: the
 * decision is made here instead.
 */
@TargetClass(value = FastestX25519.class, onlyWith = WithoutBouncyCastle.class)
final class FastestX25519Substitution {

    @Substitute
    public static X25519 detect() {
        return new JdkX25519();
    }
}
