package io.quarkiverse.tokenstorage.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRunTimeConfig;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.StorageSettings.Texts;
import io.quarkus.runtime.annotations.ConfigDocDefault;

/** The defaults that the configuration reference names, written out, do what leaving them out does. */
class DocumentedDefaultsTest {

    private static final HostEnvironment ENVIRONMENT = new HostEnvironment(Map.of("HOME", "/home/ada"), Path.of("/work"),
            "/nowhere", OperatingSystem.LINUX);

    private final Map<String, String> documented = documented(TokenStorageRunTimeConfig.class, "");

    private static Map<String, String> documented(Class<?> group, String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (Method setting : group.getDeclaredMethods()) {
            ConfigDocDefault value = setting.getAnnotation(ConfigDocDefault.class);
            if (value != null) {
                found.put(prefix + setting.getName(), value.value());
            } else if (setting.getReturnType().getEnclosingClass() == TokenStorageRunTimeConfig.class) {
                found.putAll(documented(setting.getReturnType(), prefix + setting.getName() + "."));
            }
        }
        return found;
    }

    private Optional<String> take(String setting) {
        return Optional.of(documented.remove(setting));
    }

    private static StorageSettings settings(Texts texts) {
        return new StorageSettings("sops", Map.of(), Optional.empty(), texts, ENVIRONMENT);
    }

    @Test
    void eachIsThatOfTheCode() {
        Optional<String> executable = take("storage.sops.executable");
        StorageSettings written = settings(new Texts(take("storage.file.directory"), take("storage.sops.directory"),
                take("storage.lockTimeout"), Optional.empty(), List.of(), Optional.empty(),
                take("storage.sops.dataKeyLifetime"), take("storage.sops.engine"), executable));
        StorageSettings leftOut = settings(Texts.NONE);

        assertThat(written.fileDirectory()).isEqualTo(leftOut.fileDirectory());
        assertThat(written.sopsDirectory()).isEqualTo(leftOut.sopsDirectory());
        StorageOptions options = written.options();
        assertThat(options.lockTimeout()).isEqualTo(leftOut.options().lockTimeout());
        assertThat(options.dataKeyLifetime()).isEqualTo(leftOut.options().dataKeyLifetime());
        assertThat(options.sopsExecutable()).isEqualTo(leftOut.options().sopsExecutable());
        assertThat(program(Optional.empty())).isEqualTo(program(executable));
        assertThat(take("health.maxAge")).contains(StorageReadinessCheck.DEFAULT_MAX_AGE);
        assertThat(take("health.timeout")).contains(StorageReadinessCheck.DEFAULT_TIMEOUT);
        assertThat(take("storage.sops.configFile")).as("in words").contains("the .sops.yaml that is found");
        assertThat(documented).as("not compared").isEmpty();
    }

    private static Optional<String> program(Optional<String> executable) {
        return settings(new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.of("executable"), executable)).options().sopsExecutable();
    }
}
