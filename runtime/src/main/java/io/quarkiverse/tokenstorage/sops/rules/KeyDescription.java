package io.quarkiverse.tokenstorage.sops.rules;

import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;

/**
 * A master key as a rule names it, of any kind that SOPS knows, whether this library can use it or not.
 *
 * @param fields named as in the {@code sops} block of a document; keys that a rule gives as an address only
 *        ({@code azure_keyvault}, {@code hc_vault_transit_uri}, {@code hc_vault}) have it as {@code uri}
 */
public record KeyDescription(KeyKind kind, JsonObject fields) {

    static KeyDescription of(KeyKind kind, String field, String value) {
        return new KeyDescription(kind, JsonObject.builder().add(field, new JsonString(value)).build());
    }
}
