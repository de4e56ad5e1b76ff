package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.conformance.peer.Peer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsPeer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueCase;
import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** A kind of keys that documents are exchanged under, for one test. */
public interface KeyCase extends AutoCloseable {

    String title();

    /** The first release of sops that knows it, such as {@code 3.10.0}; {@code 0.0.0} if all do. */
    String since();

    /**
     * Makes fresh keys and puts the private ones where sops and this library look for them. No other keys are there: the age
     * identity of the sandbox is taken away unless it is one of them.
     */
    KeyGroupsText provide(Sandbox box);

    /** Who knows the passphrases of the keys. */
    default PassphraseSource passphrases() {
        return PassphraseSource.NONE;
    }

    /** The other side of the exchange. */
    default Peer peer(Sandbox box, SopsRelease release) {
        return new SopsPeer(box, release);
    }

    /** Whether the other side writes and prints this value as sops itself does. */
    default boolean covers(ValueCase value, SopsRelease release) {
        return true;
    }

    /** What to say of values that are not covered; empty if all are. */
    default String remark() {
        return "";
    }

    /** Whether sops is the other side, so that it can change documents too. */
    default boolean isWithSops() {
        return true;
    }

    /** Ends what was started to provide the keys. */
    @Override
    default void close() {
    }
}
