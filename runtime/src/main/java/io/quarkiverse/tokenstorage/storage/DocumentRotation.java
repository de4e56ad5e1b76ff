package io.quarkiverse.tokenstorage.storage;

import java.time.OffsetDateTime;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.LockedDocument;
import io.quarkiverse.tokenstorage.store.PendingReplacement;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Changes the keys of stored documents, each under its provider's lock. Thread-safe. */
final class DocumentRotation {

    private static final Logger LOG = Logger.getLogger(DocumentRotation.class);

    private final DocumentStore store;
    private final SopsSetup sops;
    private final RecipientGuard recipients;
    private final ClearTextGuard clearText;

    DocumentRotation(DocumentStore store, SopsSetup sops, RecipientGuard recipients, ClearTextGuard clearText) {
        this.store = store;
        this.sops = sops;
        this.recipients = recipients;
        this.clearText = clearText;
    }

    Optional<KeyChange> rotate(String provider) {
        return locked(provider, this::rotate);
    }

    Optional<KeyChange> updateKeys(String provider) {
        return locked(provider, this::updateKeys);
    }

    void requireUpdatableKeys() {
        sops.engine().requireRewrappable("Token storage");
    }

    Optional<KeyChange> previewRotate(String provider) {
        return unlocked(provider, (stored, rule) -> {
            recipients.refuseStrangers(rule);
            return rotation(stored, rule, decrypted(stored));
        });
    }

    Optional<KeyChange> previewUpdateKeys(String provider) {
        return unlocked(provider, (stored, rule) -> {
            KeyChange change = update(stored, rule);
            if (change.changed()) {
                decrypted(stored);
            }
            return change;
        });
    }

    private KeyChange rotate(LockedDocument document, StoredDocument stored, CreationRule rule) {
        recipients.refuseStrangers(rule);
        JsonObject plain = decrypted(stored);
        KeyChange change = rotation(stored, rule, plain);
        try (PreparedEncryption encryption = sops.engine().prepare(rule);
                PendingReplacement replacement = prepare(document, stored)) {
            clearText.warnOfMetadata(encryption, plain);
            replacement.commit(encryption.encrypt(plain));
        }
        LOG.infof("%s has a new data key, wrapped as %s says", change.location(), change.rule());
        return change;
    }

    private KeyChange updateKeys(LockedDocument document, StoredDocument stored, CreationRule rule) {
        KeyChange change = update(stored, rule);
        if (change.changed()) {
            try (PendingReplacement replacement = prepare(document, stored)) {
                replacement.commit(sops.engine().rewrap(stored.content(), stored.location(), rule));
            }
            LOG.infof("The data key of %s is wrapped for other recipients, as %s says", change.location(), change.rule());
        }
        return change;
    }

    private static PendingReplacement prepare(LockedDocument document, StoredDocument stored) {
        return document.prepareReplacement(DocumentTokenStorage.expectedSize(Optional.of(stored)));
    }

    private KeyChange rotation(StoredDocument stored, CreationRule rule, JsonObject plain) {
        clearText.refuseUnlessSelected(rule, rule.selection(), TokenJson.tokensIn(plain));
        SopsDocument document = parsed(stored);
        return change(document, rule, KeyDifference.onRotation(document.metadata(), rule), true);
    }

    private KeyChange update(StoredDocument stored, CreationRule rule) {
        SopsDocument document = parsed(stored);
        // The values stay as they are; but whose rule is not made for tokens, his recipients are not meant for them either
        clearText.refuseUnlessSelected(rule, rule.selection(), TokenJson.tokensIn(document.tree()));
        KeyDifference keys = KeyDifference.onUpdate(document.metadata(), rule);
        recipients.refuseStrangers(rule, keys);
        if (!keys.isEmpty()) {
            sops.engine().requireRewrappable(document.location());
        }
        return change(document, rule, keys, !keys.isEmpty());
    }

    private static KeyChange change(SopsDocument document, CreationRule rule, KeyDifference keys, boolean changed) {
        return new KeyChange(document.location(), OffsetDateTime.parse(document.metadata().lastModified()).toInstant(),
                rule.origin(), keys, changed);
    }

    private static SopsDocument parsed(StoredDocument stored) {
        return SopsDocument.parse(stored.content(), stored.location());
    }

    private JsonObject decrypted(StoredDocument stored) {
        return sops.engine().decrypt(stored.content(), stored.location());
    }

    private Optional<KeyChange> locked(String provider, LockedStep step) {
        if (!store.exists(provider)) {
            // Locking would make the directory
            return Optional.empty();
        }
        try (LockedDocument document = store.lock(provider)) {
            return document.read().map(stored -> step.apply(document, stored, rule(provider)));
        }
    }

    private Optional<KeyChange> unlocked(String provider, Step step) {
        return store.read(provider).map(stored -> step.apply(stored, rule(provider)));
    }

    private CreationRule rule(String provider) {
        return sops.rules().ruleFor(store.target(provider));
    }

    private interface LockedStep {

        KeyChange apply(LockedDocument document, StoredDocument stored, CreationRule rule);
    }

    private interface Step {

        KeyChange apply(StoredDocument stored, CreationRule rule);
    }
}
