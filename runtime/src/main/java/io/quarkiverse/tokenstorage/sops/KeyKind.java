package io.quarkiverse.tokenstorage.sops;

import java.util.Optional;

/**
 * The kinds of master keys that SOPS knows, in the order in which a group holds them after loading
 * ({@code stores/stores.go}).
 */
public enum KeyKind {

    KMS("kms"),
    GCP_KMS("gcp_kms"),
    HCKMS("hckms"),
    AZURE_KV("azure_kv"),
    HC_VAULT("hc_vault"),
    PGP("pgp"),
    AGE("age");

    /** What to do about keys of a kind that is not built in, for messages. */
    public static final String ENGINE_FOR_THE_REST = "set auth.storage.sops.engine=executable to have the sops program use them";

    private final String metadataName;

    KeyKind(String metadataName) {
        this.metadataName = metadataName;
    }

    /** The name of its list in the {@code sops} block of a document. */
    public String metadataName() {
        return metadataName;
    }

    public static Optional<KeyKind> ofMetadataName(String name) {
        for (KeyKind kind : values()) {
            if (kind.metadataName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
