package io.quarkiverse.tokenstorage.sops.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyGroup;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.SopsMetadata;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

class NamedMasterKeyTest {

    private static NamedMasterKey key(KeyKind kind, String... fields) {
        return NamedMasterKey.of(kind, fields(fields));
    }

    private static JsonObject fields(String... fields) {
        JsonObject.Builder description = JsonObject.builder();
        for (int i = 0; i < fields.length; i += 2) {
            description.add(fields[i], fields[i + 1]);
        }
        return description.build();
    }

    private static KeyEntry entry(KeyKind kind, String... fields) {
        JsonObject json = fields(fields);
        return new KeyEntry(kind, KeyEntry.identity(kind, json), "x", json);
    }

    private static KeyDifference difference(KeyEntry entry, MasterKey key) {
        SopsMetadata metadata = new SopsMetadata(List.of(new KeyGroup(List.of(entry))), 0, "2026-01-03T15:30:00Z", "", false,
                Selector.DEFAULT, "3.13.2");
        return KeyDifference.onUpdate(metadata,
                new CreationRule("rule", List.of(List.of(key)), 0, Optional.empty(), false, -1));
    }

    @ParameterizedTest
    @CsvSource({ "https://v.example:8200/v1/transit/keys/dev, https://v.example:8200, transit, dev",
            "http://127.0.0.1:1/v1/a/keys/k/, http://127.0.0.1:1, a, k",
            "https://v/v1/team/a/transit/keys/dev, https://v, team/a/transit, dev" })
    void anAddressOfVaultIsTakenApartAsInTheEntry(String uri, String address, String engine, String name) {
        assertThat(key(KeyKind.HC_VAULT, "uri", uri).isKeyOf(entry(KeyKind.HC_VAULT, "vault_address", address, "engine_path",
                engine, "key_name", name))).isTrue();
        assertThat(key(KeyKind.HC_VAULT, "uri", uri).isKeyOf(entry(KeyKind.HC_VAULT, "vault_address", address, "engine_path",
                engine, "key_name", name + "x"))).isFalse();
    }

    @Test
    void aKeyOfAzureWithoutAVersionIsTheOneOfAnyVersion() {
        KeyEntry first = entry(KeyKind.AZURE_KV, "vault_url", "https://v.net", "name", "k", "version", "1");
        KeyEntry other = entry(KeyKind.AZURE_KV, "vault_url", "https://v.net", "name", "key", "version", "1");

        for (NamedMasterKey key : new NamedMasterKey[] { key(KeyKind.AZURE_KV, "uri", "https://v.net/keys/k"),
                key(KeyKind.AZURE_KV, "uri", " https://v.net/keys/k/ "),
                key(KeyKind.AZURE_KV, "vault_url", "https://v.net", "name", "k") }) {
            assertThat(key.isKeyOf(first)).isTrue();
            assertThat(key.isKeyOf(other)).isFalse();
        }
        assertThat(difference(first, key(KeyKind.AZURE_KV, "uri", "https://v.net/keys/k")).isEmpty()).isTrue();
        assertThat(difference(first, key(KeyKind.AZURE_KV, "uri", "https://v.net/keys/k/2")).isEmpty()).isFalse();
        assertThat(key(KeyKind.AZURE_KV, "uri", "https://v.net/keys/k/1").isKeyOf(first)).isTrue();
        assertThat(key(KeyKind.AZURE_KV, "uri", "https://v.net/keys/k/2").isKeyOf(first)).isFalse();
    }

    @Test
    void otherKindsHaveTheNameOfTheirEntries() {
        assertThat(key(KeyKind.GCP_KMS, "resource_id", "projects/p/k").identity()).isEqualTo("projects/p/k");
        assertThat(key(KeyKind.HCKMS, "key_id", "region:uuid").identity()).isEqualTo("region:uuid");
        assertThat(key(KeyKind.AGE, "recipient", "age1yubikey1q").identity()).isEqualTo("age1yubikey1q");
        assertThat(key(KeyKind.PGP, "fp", "AB CD").identity()).isEqualTo("ABCD");
        assertThat(key(KeyKind.KMS, "arn", "arn:aws:kms:r:1:key/1").identity()).isEqualTo("arn:aws:kms:r:1:key/1");
        assertThat(key(KeyKind.GCP_KMS, "resource_id", "x").isKeyOf(entry(KeyKind.AGE, "recipient", "x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "vault.example/v1/transit/keys/dev", "https://v/transit/keys/dev", "https://v/v1/keys",
            "https://v/v1/transit/keys/dev?x", "ftp://v/v1/transit/keys/dev" })
    void whatIsNoAddressIsRefused(String uri) {
        assertThatThrownBy(() -> key(KeyKind.HC_VAULT, "uri", uri)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not of the form https://vault.example.org:8200/v1/transit/keys/KEY");
    }

    @Test
    void aKeyWithoutANameIsRefused() {
        assertThatThrownBy(() -> key(KeyKind.AGE, "recipient", " ")).hasMessage("a key of the kind age has no name");
        assertThatThrownBy(() -> key(KeyKind.HCKMS, "key_id", "no colon")).isInstanceOf(IllegalArgumentException.class);
    }
}
