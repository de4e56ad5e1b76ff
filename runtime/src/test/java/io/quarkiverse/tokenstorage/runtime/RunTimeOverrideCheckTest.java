package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.runtime.BuiltChoices.Choice;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;

class RunTimeOverrideCheckTest {

    private static final int IN_APPLICATION = 250;
    private static final int BESIDE_APPLICATION = 260;
    private static final int COMMAND_LINE = 400;

    private final BuiltChoices built = new BuiltChoices(new Choice("file", IN_APPLICATION),
            Map.of("corp.example", new Choice("sops", IN_APPLICATION), "my-lab", new Choice("memory", IN_APPLICATION)));

    @Test
    void theBuiltValuesAreAccepted() {
        accepted(Map.of());
        accepted(Map.of("auth.token-storage", "file", "auth.providers.\"corp.example\".token-storage", "sops",
                "auth.providers.my-lab.token_storage", "memory", "auth.providers.other.token-storage", "file",
                "auth.providers.other.client-id", "abc"));
    }

    @Test
    void anotherCommonBackendIsRefusedInEitherSpelling() {
        refused("auth.token-storage", Map.of("auth.token-storage", "sops"), "sops", "file");
        refused("auth.token-storage", Map.of("auth.token_storage", "sops"), "sops", "file");
        refused("auth.token-storage", Map.of("%staging.auth.token_storage", "${backend}", "backend", "memory"), "memory",
                "file");
        accepted(Map.of("%dev.auth.token-storage", "sops"));
    }

    @Test
    void anotherBackendOfAProviderIsRefused() {
        refused("auth.providers.\"corp.example\".token-storage",
                Map.of("auth.providers.\"corp.example\".token-storage", "file"), "file", "sops");
        refused("auth.providers.my-lab.token-storage", Map.of("auth.providers.my-lab.token_storage", "file"), "file",
                "memory");
        refused("auth.providers.\"my-lab\".token-storage", Map.of("auth.providers.\"my-lab\".token-storage", "file"), "file",
                "memory");
    }

    @Test
    void aProviderThatTheBuildDidNotKnowMustUseTheCommonBackend() {
        refused("auth.providers.github.token-storage", Map.of("auth.providers.github.token-storage", "sops"), "sops", "file");
        refused("auth.providers.\"git.hub\".token-storage", Map.of("auth.providers.\"git.hub\".token_storage", "sops"), "sops",
                "file");
    }

    @Test
    void environmentVariablesCountToo() {
        refusedVariable("auth.token-storage", "AUTH_TOKEN_STORAGE", "sops", "file");
        refusedVariable("auth.providers.\"corp.example\".token-storage", "AUTH_PROVIDERS__CORP_EXAMPLE__TOKEN_STORAGE",
                "file", "sops");
        refusedVariable("auth.providers.my-lab.token-storage", "AUTH_PROVIDERS_MY_LAB_TOKEN_STORAGE", "file", "memory");
        for (String variable : List.of("AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE", "AUTH_PROVIDERS__GITHUB__TOKEN_STORAGE")) {
            assertThatThrownBy(() -> RunTimeOverrideCheck.check(built, config(Map.of(), 250, Map.of(variable, "sops"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            variable + " is 'sops' now, but the application was built with 'file' for this provider, and the"
                                    + " backend cannot change afterwards. Build the application again with the property"
                                    + " auth.providers.\"PROVIDER\".token-storage, or remove the variable");
        }
        Map<String, String> same = Map.of("AUTH_PROVIDERS__MY_LAB__TOKEN_STORAGE", "memory",
                "AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE", "file", "AUTH_TOKEN_STORAGE", "file",
                "AUTH_PROVIDERS_EMPTY_TOKEN_STORAGE", "");
        assertThatCode(() -> RunTimeOverrideCheck.check(built, config(Map.of(), 250, same))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "auth.token-storage", "auth.token_storage", "%staging.auth.token-storage",
            "auth.providers.github.token-storage", "auth.providers.\"git.hub\".token_storage" })
    void nothingEscapesWhereOnlyTheCommonBackendWasBuilt(String key) {
        BuiltChoices commonOnly = new BuiltChoices(new Choice("file", IN_APPLICATION), Map.of());

        assertThatCode(
                () -> RunTimeOverrideCheck.check(commonOnly, config(Map.of(key, "file"), COMMAND_LINE, Map.of())))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                () -> RunTimeOverrideCheck.check(commonOnly, config(Map.of(key, "sops"), COMMAND_LINE, Map.of())))
                .isInstanceOf(ConfigurationException.class);
        for (String variable : List.of("AUTH_TOKEN_STORAGE", "AUTH_PROVIDERS_GITHUB_TOKEN_STORAGE",
                "_STAGING_AUTH_TOKEN_STORAGE")) {
            Map<String, String> environment = Map.of(variable, "sops");
            assertThatThrownBy(
                    () -> RunTimeOverrideCheck.check(commonOnly, config(Map.of(), COMMAND_LINE, environment)))
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void whatLostAgainstTheCommandLineOfTheBuildMayStayInTheApplication() {
        BuiltChoices onCommandLine = new BuiltChoices(new Choice("file", COMMAND_LINE), Map.of());
        Map<String, String> properties = Map.of("auth.token-storage", "sops");

        assertThatCode(
                () -> RunTimeOverrideCheck.check(onCommandLine, config(properties, IN_APPLICATION, Map.of())))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                () -> RunTimeOverrideCheck.check(onCommandLine, config(properties, BESIDE_APPLICATION, Map.of())))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void defaultsAndTheValuesOfTheBuildAreNoOverride() {
        Map<String, String> properties = Map.of("auth.token-storage", "sops");
        assertThatCode(() -> RunTimeOverrideCheck.check(built, config(properties, 0, Map.of())))
                .doesNotThrowAnyException();
        SmallRyeConfig fixed = new SmallRyeConfigBuilder()
                .withSources(new MapBackedConfigSource("BuildTime RunTime Fixed", properties, Integer.MAX_VALUE) {
                }).build();
        assertThatCode(() -> RunTimeOverrideCheck.check(built, fixed)).doesNotThrowAnyException();
    }

    private void accepted(Map<String, String> properties) {
        assertThatCode(() -> RunTimeOverrideCheck.check(built, config(properties, COMMAND_LINE, Map.of())))
                .doesNotThrowAnyException();
    }

    private void refused(String key, Map<String, String> properties, String wanted, String builtWith) {
        assertThatThrownBy(() -> RunTimeOverrideCheck.check(built, config(properties, COMMAND_LINE, Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message(key, wanted, "PropertiesConfigSource[source=properties]", builtWith));
    }

    private void refusedVariable(String key, String variable, String wanted, String builtWith) {
        Map<String, String> environment = Map.of(variable, wanted);
        assertThatThrownBy(() -> RunTimeOverrideCheck.check(built, config(Map.of(), 250, environment)))
                .isInstanceOf(ConfigurationException.class).hasMessage(message(key, wanted, "EnvConfigSource", builtWith));
    }

    private static String message(String key, String wanted, String source, String builtWith) {
        return key + " is '" + wanted + "' now (set in " + source + "), but the application was built with '" + builtWith
                + "', and the backend cannot"
                + " change afterwards. Build the application again with the backend you want, or remove the setting from where"
                + " it is started";
    }

    private static SmallRyeConfig config(Map<String, String> properties, int ordinal, Map<String, String> environment) {
        return new SmallRyeConfigBuilder().withProfile("staging").addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "properties", ordinal),
                        new EnvConfigSource(environment, 300))
                .build();
    }
}
