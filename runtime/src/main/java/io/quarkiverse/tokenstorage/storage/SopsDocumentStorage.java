package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;

import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.ProviderName;

/** The encrypted backend. */
final class SopsDocumentStorage extends DocumentTokenStorage implements SopsTokenStorage {

    private final DocumentRotation rotation;
    private final DocumentInspection inspection;

    private SopsDocumentStorage(DocumentStore store, TokenCodec codec, DocumentRotation rotation,
            DocumentInspection inspection) {
        super(store, codec);
        this.rotation = rotation;
        this.inspection = inspection;
    }

    static SopsDocumentStorage over(DocumentStore store, SopsSetup sops) {
        RecipientGuard recipients = new RecipientGuard(sops);
        ClearTextGuard clearText = new ClearTextGuard();
        return new SopsDocumentStorage(store, new SopsTokenCodec(sops, recipients, clearText),
                new DocumentRotation(store, sops, recipients, clearText), new DocumentInspection(store));
    }

    @Override
    public Optional<KeyChange> rotate(String provider) {
        requireReadable(provider);
        UpdateScope.refuseInside("rotate", provider);
        return rotation.rotate(provider);
    }

    @Override
    public Optional<KeyChange> updateKeys(String provider) {
        requireReadable(provider);
        UpdateScope.refuseInside("updateKeys", provider);
        return rotation.updateKeys(provider);
    }

    @Override
    public void requireUpdatableKeys() {
        requireOpen();
        rotation.requireUpdatableKeys();
    }

    @Override
    public Optional<KeyChange> previewRotate(String provider) {
        requireReadable(provider);
        return rotation.previewRotate(provider);
    }

    @Override
    public Optional<KeyChange> previewUpdateKeys(String provider) {
        requireReadable(provider);
        return rotation.previewUpdateKeys(provider);
    }

    @Override
    public Optional<UnverifiedToken> inspect(String provider) {
        requireReadable(provider);
        return inspection.inspect(provider);
    }

    private void requireReadable(String provider) {
        ProviderName.require(provider);
        requireOpen();
    }
}
