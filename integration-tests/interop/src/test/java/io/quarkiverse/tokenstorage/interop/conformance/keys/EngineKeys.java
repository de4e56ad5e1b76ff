package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.conformance.peer.EnginePeer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.Peer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueCase;
import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** Not other keys, but this library on the other side too, with sops as its engine. */
final class EngineKeys implements KeyCase {

    @Override
    public String title() {
        return "age, X25519, by the executable engine";
    }

    /** The first that encrypts from standard input. */
    @Override
    public String since() {
        return "3.10.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        return KeyGroupsText.age(box.identity().recipient());
    }

    @Override
    public Peer peer(Sandbox box, SopsRelease release) {
        return new EnginePeer(box, release);
    }

    @Override
    public boolean covers(ValueCase value, SopsRelease release) {
        return value != ValueCase.NEGATIVE_ZERO
                && (value != ValueCase.INTEGER_BEYOND_DOUBLE || release.hasExactIntegers());
    }

    @Override
    public String remark() {
        return "The executable engine refuses to write an integer that a release changes, and reads -0 as 0.";
    }

    @Override
    public boolean isWithSops() {
        return false;
    }
}
