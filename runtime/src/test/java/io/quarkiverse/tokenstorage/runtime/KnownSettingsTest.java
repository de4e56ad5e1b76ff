package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSettingsTest {

    @Test
    void haveAllKeysOfTheMappings() {
        TreeSet<String> mapped = new TreeSet<>();
        addKeys(TokenStorageBuildTimeConfig.class, "auth.", mapped);
        addKeys(TokenStorageRunTimeConfig.class, "auth.", mapped);

        assertThat(mapped).isEqualTo(new TreeSet<>(KnownSettings.KEYS));
        TreeSet<String> ofProvider = new TreeSet<>();
        addKeys(TokenStorageBuildTimeConfig.ProviderConfig.class, "", ofProvider);
        assertThat(ofProvider).containsExactly(KnownSettings.PROVIDER_LEAF);
    }

    private static void addKeys(Class<?> group, String prefix, Set<String> keys) {
        for (Method method : group.getDeclaredMethods()) {
            String key = prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (method.getReturnType().getPackage() == group.getPackage()) {
                addKeys(method.getReturnType(), key + '.', keys);
            } else if (method.getReturnType() != Map.class) {
                keys.add(key);
            }
        }
    }

    @Test
    void areKnownInEverySpelling() {
        for (String key : KnownSettings.KEYS) {
            String leaf = key.substring(key.lastIndexOf('.') + 1);
            String snake = key.substring(0, key.length() - leaf.length()) + leaf.replace('-', '_');
            assertThat(List.of(key, snake, "%dev." + key, "%prod,staging." + key)).allSatisfy(
                    known -> assertThat(KnownSettings.meantByKey(known)).as(known).isEmpty());
            String variable = key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
            assertThat(List.of(variable, "_DEV_" + variable)).allSatisfy(
                    known -> assertThat(KnownSettings.meantByVariable(known)).as(known).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
            "auth.storage.sops.age.recipent, auth.storage.sops.age.recipients",
            "auth.storage.sops.age.recipient, auth.storage.sops.age.recipients",
            "auth.storage.sops.age.recipient[0], auth.storage.sops.age.recipients[0]",
            "auth.storage.sops.directry, auth.storage.sops.directory",
            "%dev.auth.storage.sops.directry, %dev.auth.storage.sops.directory",
            "auth.storge.sops.directory, auth.storage.sops.directory",
            "auth.storage.fiel.directory, auth.storage.file.directory",
            "auth.token-storge, auth.token-storage",
            "auth.tokenStorage, auth.token-storage",
            "auth.storage.sops.age.keyfile, auth.storage.sops.age.key-file",
            "auth.storage.sops.key-file, auth.storage.sops.age.key-file",
            "auth.storage.sops.recipients, auth.storage.sops.age.recipients",
            "auth.storage.sops.config, auth.storage.sops.config-file",
            "auth.storage.directory, auth.storage.file.directory or auth.storage.sops.directory",
            "auth.health.maxage, auth.health.max-age",
            "auth.heatlh.enabled, auth.health.enabled",
            "auth.providers.github.token-storge, auth.providers.github.token-storage",
            "auth.providers.\"git.hub\".tokenstorage, auth.providers.\"git.hub\".token-storage",
            "auth.provider.github.token-storage, auth.providers.github.token-storage" })
    void tellWhichKeyIsMeant(String written, String meant) {
        assertThat(KnownSettings.meantByKey(written)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
            "AUTH_STORAGE_SOPS_AGE_KEYFILE, AUTH_STORAGE_SOPS_AGE_KEY_FILE",
            "AUTH_STORAGE_SOPS_AGE_RECIPIENT, AUTH_STORAGE_SOPS_AGE_RECIPIENTS",
            "AUTH_STORAGE_SOPS_AGE_RECIPIENT_0_, AUTH_STORAGE_SOPS_AGE_RECIPIENTS_0_",
            "AUTH_STORAGE_SOPS_KEY_FILE, AUTH_STORAGE_SOPS_AGE_KEY_FILE",
            "AUTH_STORAGE_DIRECTORY, AUTH_STORAGE_FILE_DIRECTORY or AUTH_STORAGE_SOPS_DIRECTORY",
            "_DEV_AUTH_STORAGE_SOPS_DIRECTRY, _DEV_AUTH_STORAGE_SOPS_DIRECTORY",
            "AUTH_TOKENSTORAGE, AUTH_TOKEN_STORAGE",
            "AUTH_DEFAULT_PROVIDR, AUTH_DEFAULT_PROVIDER",
            "AUTH_HEALTH_TIME_OUT, AUTH_HEALTH_TIMEOUT",
            "AUTH_PROVIDERS_MY_LAB_TOKENSTORAGE, AUTH_PROVIDERS_MY_LAB_TOKEN_STORAGE",
            "AUTH_PROVIDERS__GIT_HUB__TOKEN_STORGE, AUTH_PROVIDERS__GIT_HUB__TOKEN_STORAGE",
            "AUTH_PROVIDER_GITHUB_TOKEN_STORAGE, AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE" })
    void tellWhichVariableIsMeant(String written, String meant) {
        assertThat(KnownSettings.meantByVariable(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = { "auth.storage.s3.directory", "auth.storage.s3.bucket", "auth.storage.type", "auth.storage",
            "auth.token", "auth.token.issuer", "auth.default", "auth.jwt.secret", "auth.timeout", "auth.key-file",
            "auth.enabled", "auth.health.url", "auth.metrics.prefix", "auth.providers.github.client-id",
            "auth.providers.github.token-endpoint", "auth.providers.token-storage", "auth.providers.a.token_storage",
            "auth.providers.a.b.token-storge", "auth.storage.sops.age.recipients[0]", "auth", "auth.", "auth..",
            "auth.storage.",
            "%dev.auth.own", "quarkus.http.auth.storage.sops.directry", "own.auth.token-storge" })
    void areSilentAboutTheKeysOfTheApplication(String key) {
        assertThat(KnownSettings.meantByKey(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "AUTH_STORAGE_S3_DIRECTORY", "AUTH_TOKEN", "AUTH_SECRET", "AUTH_STORAGE_SOPS_AGE_RECIPIENTS_0_",
            "AUTH_PROVIDERS_GITHUB_CLIENT_ID", "AUTH_PROVIDERS_MY_LAB_TOKEN_STORAGE", "AUTH_PROVIDERS_TOKEN_STORAGE", "AUTH_",
            "AUTH_PROVIDERS__GITHUB__TOKEN_STORAGE", "MY_AUTH_TOKEN_STORGE", "QUARKUS_HTTP_AUTH_TOKEN_STORGE", "AUTH_PROVIDERS",
            "AUTH_PROVIDERS_", "AUTH_PROVIDERS__" })
    void areSilentAboutTheVariablesOfOthers(String variable) {
        assertThat(KnownSettings.meantByVariable(variable)).isEmpty();
    }

    @Test
    void areNotFoundInNamesOfAnyLength() {
        assertThat(KnownSettings.meantByKey("auth.storage.sops.directory" + ".x".repeat(1_000_000))).isEmpty();
        assertThat(KnownSettings.meantByVariable("AUTH_" + "_A".repeat(1_000_000))).isEmpty();
    }

    @Test
    void countSlips() {
        Map.of("", 3, "abc", 0, "acb", 1, "ab", 1, "abcd", 1, "xyz", 3)
                .forEach((text, slips) -> assertThat(EditDistance.of("abc", text, 3)).as(text).isEqualTo(slips));
        assertThat(EditDistance.of("abc", "abcdefgh", 3)).isGreaterThan(3);
    }
}
