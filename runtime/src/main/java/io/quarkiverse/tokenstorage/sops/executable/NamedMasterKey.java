package io.quarkiverse.tokenstorage.sops.executable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * A master key of any kind, by the name that its entries in a document will have. Addresses are taken apart as sops does
 * ({@code azkv/keysource.go}, {@code hcvault/keysource.go}).
 */
final class NamedMasterKey implements MasterKey {

    private static final Pattern AZURE = Pattern.compile("(https://[^/]+)/keys/([^/]+)(?:/([^/]*))?");
    private static final Pattern VAULT = Pattern.compile("(https?://[^/?#]+)/v[0-9]+/([^?#]+)/[^/?#]+/([^/?#]+)/*");

    private final KeyKind kind;
    private final String identity;

    private NamedMasterKey(KeyKind kind, String identity) {
        this.kind = kind;
        this.identity = identity;
    }

    /**
     * @param description the fields of an entry, or {@code uri}
     * @throws IllegalArgumentException if that names no key; for people
     */
    static NamedMasterKey of(KeyKind kind, JsonObject description) {
        JsonObject fields = switch (kind) {
            case AZURE_KV -> fields(description, AZURE, "https://VAULT.vault.azure.net/keys/KEY/VERSION", "vault_url", "name",
                    "version");
            case HC_VAULT -> fields(description, VAULT, "https://vault.example.org:8200/v1/transit/keys/KEY", "vault_address",
                    "engine_path", "key_name");
            default -> description;
        };
        try {
            String identity = KeyEntry.identity(kind, fields).strip();
            if (identity.isEmpty()) {
                throw new IllegalArgumentException("a key of the kind " + kind.metadataName() + " has no name");
            }
            return new NamedMasterKey(kind, identity);
        } catch (DamagedDocumentException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    private static JsonObject fields(JsonObject description, Pattern form, String example, String... names) {
        if (!(description.get("uri").orElse(null) instanceof JsonString uri)) {
            return description;
        }
        Matcher parts = form.matcher(uri.value().strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + PrintableText.of(uri.value()) + "' is not of the form " + example);
        }
        JsonObject.Builder fields = JsonObject.builder();
        for (int i = 0; i < names.length; i++) {
            String part = parts.group(i + 1);
            fields.add(names[i], part == null ? "" : part);
        }
        return fields.build();
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public String identity() {
        return identity;
    }

    /** A key of Azure without a version is used in its newest one, which the entry then names. */
    @Override
    public boolean isKeyOf(KeyEntry entry) {
        return MasterKey.super.isKeyOf(entry)
                || kind == KeyKind.AZURE_KV && entry.kind() == kind && identity.endsWith("/")
                        && entry.identity().startsWith(identity);
    }

    @Override
    public KeyEntry wrap(DataKey dataKey) {
        throw new UnsupportedOperationException("The sops program wraps data keys of its own only");
    }

    @Override
    public String toString() {
        return identity;
    }
}
