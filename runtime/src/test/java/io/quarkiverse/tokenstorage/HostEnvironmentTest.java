package io.quarkiverse.tokenstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

class HostEnvironmentTest {

    private static HostEnvironment withHome(String home) {
        return new HostEnvironment(Map.of("HOME", home), Path.of("/work"), "/home/other", OperatingSystem.LINUX);
    }

    @Test
    void aHomeThatJavaCannotDecodeIsRefusedInsteadOfReplaced() {
        assertThatThrownBy(withHome("/home/j\ufffdrg")::home).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessage(
                        "HOME is '/home/j\ufffdrg', with bytes that are no characters in the encoding of file names, so Java"
                                + " would use another directory: run with a UTF-8 locale (LC_ALL=C.UTF-8), or set HOME to a"
                                + " directory with a plain name");
        assertThat(withHome("/home/ada").home()).isEqualTo(Path.of("/home/ada"));
        assertThat(withHome("ada").home()).isEqualTo(Path.of("/home/other"));
    }

    @Test
    void aLeadingTildeIsTheHomeDirectory() {
        assertThat(withHome("/home/ada").resolve(Path.of("~/a/../b"))).isEqualTo(Path.of("/home/ada/b"));
        assertThat(withHome("/home/ada").resolve(Path.of("~"))).isEqualTo(Path.of("/home/ada"));
        assertThat(withHome("/home/ada").resolve(Path.of(""))).isEqualTo(Path.of("/work"));
        assertThat(withHome("/home/ada").resolve(Path.of("a/~"))).isEqualTo(Path.of("/work/a/~"));
        assertThat(withHome("/home/ada").resolve(Path.of("/~"))).isEqualTo(Path.of("/~"));
    }
}
