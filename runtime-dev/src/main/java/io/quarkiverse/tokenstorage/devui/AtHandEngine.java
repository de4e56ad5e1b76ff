package io.quarkiverse.tokenstorage.devui;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Decrypts as far as it takes neither a person nor a program nor a service, and refuses the rest untried. */
final class AtHandEngine implements SopsEngine {

    private final SopsEngine engine;

    /** @param engine is closed with this one */
    AtHandEngine(SopsEngine engine) {
        this.engine = engine;
    }

    /** A document that only a person, a program or a service could open, which was not tried. */
    static final class NotTriedException extends TokenStorageException {

        private static final long serialVersionUID = 1L;

        NotTriedException(String location) {
            super(location);
        }
    }

    @Override
    public JsonObject decrypt(byte[] document, String location) {
        return engine.decryptAtHand(document, location).orElseThrow(() -> new NotTriedException(location));
    }

    @Override
    public Optional<JsonObject> decryptAtHand(byte[] document, String location) {
        return engine.decryptAtHand(document, location);
    }

    @Override
    public PreparedEncryption prepare(CreationRule rule) {
        return engine.prepare(rule);
    }

    @Override
    public void requireRewrappable(String location) {
        engine.requireRewrappable(location);
    }

    @Override
    public byte[] rewrap(byte[] document, String location, CreationRule rule) {
        return engine.rewrap(document, location, rule);
    }

    @Override
    public Optional<Set<String>> ownMasterKeys(KeyKind kind) {
        return engine.ownMasterKeys(kind);
    }

    @Override
    public void close() {
        engine.close();
    }
}
