package io.quarkiverse.tokenstorage.interop.conformance.peer;

import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** This library as one side of an exchange. */
public final class ThisLibrary implements Peer, AutoCloseable {

    private static final String NAME = "document.json";

    private final OurSops sops;

    private ThisLibrary(OurSops sops) {
        this.sops = sops;
    }

    public static ThisLibrary in(Sandbox box) {
        return in(box, PassphraseSource.NONE);
    }

    public static ThisLibrary in(Sandbox box, PassphraseSource passphrases) {
        return new ThisLibrary(OurSops.in(box, passphrases));
    }

    @Override
    public byte[] encrypt(byte[] plain) {
        return sops.encrypt(plain, NAME);
    }

    @Override
    public Optional<byte[]> decrypt(byte[] document) {
        try {
            return Optional.of(print(document));
        } catch (DamagedDocumentException e) {
            return Optional.empty();
        }
    }

    public byte[] print(byte[] document) {
        return sops.decrypt(document);
    }

    /** The same data key, for the keys of the rules of now. */
    public byte[] updateKeys(byte[] document) {
        return sops.updateKeys(document, NAME);
    }

    @Override
    public void close() {
        sops.close();
    }
}
