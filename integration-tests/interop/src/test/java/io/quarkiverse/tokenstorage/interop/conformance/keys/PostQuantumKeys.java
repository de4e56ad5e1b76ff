package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;

/** A post-quantum key of age. */
final class PostQuantumKeys implements KeyCase {

    @Override
    public String title() {
        return "age, post-quantum";
    }

    @Override
    public String since() {
        return "3.12.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        AgeIdentity identity = AgeIdentity.generatePostQuantum();
        Sandbox.write(box.keyFile(), identity.secretKey() + "\n");
        return KeyGroupsText.age(identity.recipient());
    }
}
