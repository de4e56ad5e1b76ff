package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** An X25519 key of age. */
public final class AgeKeys implements KeyCase {

    @Override
    public String title() {
        return "age, X25519";
    }

    @Override
    public String since() {
        return "3.7.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        return KeyGroupsText.age(box.identity().recipient());
    }
}
