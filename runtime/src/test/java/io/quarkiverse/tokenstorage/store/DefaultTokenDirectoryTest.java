package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

class DefaultTokenDirectoryTest {

    @Test
    void isBelowTheHomeDirectory() {
        assertThat(DefaultTokenDirectory.of(environment(Map.of("HOME", "/home/ann"), "/nowhere")))
                .isEqualTo(Path.of("/home/ann/.config/kstlib/auth/tokens"));
        assertThat(DefaultTokenDirectory.of(environment(Map.of(), "/home/bob")))
                .isEqualTo(Path.of("/home/bob/.config/kstlib/auth/tokens"));
    }

    @Test
    void needsAUsableHome() {
        assertThatThrownBy(() -> DefaultTokenDirectory.of(environment(Map.of("HOME", "/"), "?")))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("HOME");
    }

    private static HostEnvironment environment(Map<String, String> variables, String userHome) {
        return new HostEnvironment(variables, Path.of("/work"), userHome, HostEnvironment.OperatingSystem.LINUX);
    }
}
