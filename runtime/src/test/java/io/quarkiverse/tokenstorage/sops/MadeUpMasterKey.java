package io.quarkiverse.tokenstorage.sops;

import java.util.function.Function;

import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A master key of nowhere, which "wraps" as the test says. */
public record MadeUpMasterKey(KeyKind kind, String identity, Function<DataKey, KeyEntry> wrapping) implements MasterKey {

    @Override
    public KeyEntry wrap(DataKey dataKey) {
        return wrapping.apply(dataKey);
    }
}
