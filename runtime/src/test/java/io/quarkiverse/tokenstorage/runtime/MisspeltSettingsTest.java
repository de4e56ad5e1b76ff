package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.storage.UnknownSetting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class MisspeltSettingsTest {

    private final SmallRyeConfig config = config(
            Map.of("auth.storage.sops.age.recipent", "age1secret", "%dev.auth.storage.sops.directry", "d",
                    "auth.storage.sops.age.recipient[0]", "age1secret", "auth.token_storage", "sops", "auth.own.key", "x",
                    "other", "y"),
            Map.of("AUTH_STORAGE_SOPS_AGE_KEYFILE", "AGE-SECRET-KEY-1QQQ", "AUTH_TOKEN_STORAGE", "sops", "AUTH_SECRET", "s",
                    "PATH", "/bin"));

    @Test
    void areFoundInAllSourcesWithoutTheirValues() {
        assertThat(MisspeltSettings.find(config)).containsExactly(
                new UnknownSetting("%dev.auth.storage.sops.directry", "%dev.auth.storage.sops.directory"),
                new UnknownSetting("AUTH_STORAGE_SOPS_AGE_KEYFILE", "AUTH_STORAGE_SOPS_AGE_KEY_FILE"),
                new UnknownSetting("auth.storage.sops.age.recipent", "auth.storage.sops.age.recipients"),
                new UnknownSetting("auth.storage.sops.age.recipient[0]", "auth.storage.sops.age.recipients[0]"));
    }

    @Test
    void areWarnedOfWhereQuarkusDoesNot() {
        try (LogCapture log = new LogCapture(MisspeltSettings.class)) {
            MisspeltSettings.warn(config);

            assertThat(log.messages()).containsExactly(
                    "AUTH_STORAGE_SOPS_AGE_KEYFILE is not known: did you mean AUTH_STORAGE_SOPS_AGE_KEY_FILE?",
                    "auth.storage.sops.age.recipient[0] is not known: did you mean auth.storage.sops.age.recipients[0]?");
        }
    }

    @Test
    void thereAreNoneWhereAllIsRight() {
        assertThat(MisspeltSettings.find(config(Map.of("auth.storage.sops.age.key-file", "k"),
                Map.of("AUTH_STORAGE_SOPS_AGE_RECIPIENTS_0_", "age1")))).isEqualTo(List.of());
    }

    private static SmallRyeConfig config(Map<String, String> properties, Map<String, String> variables) {
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(properties, "properties", 250),
                new EnvConfigSource(variables, 300)).build();
    }
}
