package io.quarkiverse.tokenstorage.interop.conformance.peer;

import java.util.Optional;

/** The program on the other side of an exchange, under the rules and with the keys of a sandbox. */
public interface Peer {

    byte[] encrypt(byte[] plain);

    /** What it prints of a document; empty if the message authentication code is not the one that it computes. */
    Optional<byte[]> decrypt(byte[] document);
}
