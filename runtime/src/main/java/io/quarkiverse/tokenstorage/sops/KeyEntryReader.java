package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/** Reads the key lists of the {@code sops} block or of one of its groups ({@code stores/stores.go}). */
final class KeyEntryReader {

    /** The most entries of a document. Each may cost a call of a program or a service when the document is opened. */
    static final int MAX_ENTRIES = 256;

    /** The longest wrapped key, in characters: many times what any kind of key produces. */
    static final int MAX_WRAPPED_LENGTH = 64 * 1024;

    private int entries;

    /** The entries of all lists in the order in which sops holds them. */
    List<KeyEntry> read(WeaklyTypedObject lists) {
        List<KeyEntry> group = new ArrayList<>();
        for (KeyKind kind : KeyKind.values()) {
            for (WeaklyTypedObject fields : lists.objects(kind.metadataName(), MAX_ENTRIES, "key entries")) {
                group.add(entry(kind, fields));
            }
        }
        return group;
    }

    private KeyEntry entry(KeyKind kind, WeaklyTypedObject fields) {
        if (++entries > MAX_ENTRIES) {
            throw new DamagedDocumentException(fields.where() + ": the document has more than " + MAX_ENTRIES + " key entries");
        }
        String enc = fields.text("enc");
        if (enc.length() > MAX_WRAPPED_LENGTH) {
            throw new DamagedDocumentException(fields.where() + ".enc is longer than " + MAX_WRAPPED_LENGTH + " characters");
        }
        if (kind != KeyKind.AGE && Rfc3339.parse(fields.text("created_at")).isEmpty()) {
            throw fields.wrong("created_at", "an RFC 3339 time");
        }
        return new KeyEntry(kind, identity(kind, fields), enc, fields.json());
    }

    static String identity(KeyKind kind, WeaklyTypedObject fields) {
        return switch (kind) {
            case AGE -> fields.text("recipient");
            case PGP -> fields.text("fp").replace(" ", "");
            case KMS -> KmsKey.of(fields).identity();
            case GCP_KMS -> fields.text("resource_id");
            case HCKMS -> regionAndId(fields);
            case AZURE_KV -> fields.text("vault_url") + "/keys/" + fields.text("name") + "/" + fields.text("version");
            case HC_VAULT -> fields.text("vault_address") + "/v1/" + fields.text("engine_path") + "/keys/"
                    + fields.text("key_name");
        };
    }

    private static String regionAndId(WeaklyTypedObject fields) {
        String text = fields.text("key_id");
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw fields.wrong("key_id", "of the form region:id");
        }
        return text;
    }
}
