package io.quarkiverse.tokenstorage.interop.conformance.keys;

import java.util.List;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;

/** Key groups, of which two of three are needed and at hand. */
final class SplitKeys implements KeyCase {

    @Override
    public String title() {
        return "key groups, two of three";
    }

    @Override
    public String since() {
        return "3.7.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        AgeIdentity second = AgeIdentity.generate();
        Sandbox.write(box.keyFile(), box.identity().secretKey() + "\n" + second.secretKey() + "\n");
        return new KeyGroupsText(List.of("{age: ['" + AgeIdentity.generate().recipient() + "']}",
                "{age: ['" + second.recipient() + "', '" + AgeIdentity.generate().recipient() + "']}",
                "{age: ['" + box.identity().recipient() + "']}"), 2);
    }
}
