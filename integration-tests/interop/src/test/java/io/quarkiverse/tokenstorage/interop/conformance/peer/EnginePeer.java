package io.quarkiverse.tokenstorage.interop.conformance.peer;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.interop.exchange.ProgramEngine;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** This library with a release of the real sops as its engine. */
public final class EnginePeer implements Peer {

    private final Sandbox box;
    private final Path program;

    public EnginePeer(Sandbox box, SopsRelease release) {
        this.box = box;
        this.program = release.required();
    }

    private StorageOptions options() {
        return StorageOptions.defaults().withEnvironment(box.environment()).withSopsExecutable(program.toString());
    }

    @Override
    public byte[] encrypt(byte[] plain) {
        return ProgramEngine.encrypt(options(), plain, "document.json");
    }

    @Override
    public Optional<byte[]> decrypt(byte[] document) {
        try {
            return Optional.of(ProgramEngine.decrypt(options(), document));
        } catch (DamagedDocumentException e) {
            return Optional.empty();
        }
    }
}
