package io.quarkiverse.tokenstorage.sops.age;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

class AgeIdentityFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-03T15:30:00.123Z"), ZoneOffset.ofHours(2));

    @TempDir
    Path home;

    @Test
    void writesWhatAgeKeygenWrites() throws IOException {
        Path file = home.resolve("a/b/keys.txt");
        String recipient = create(file);

        assertThat(Files.readString(file)).matches("# created: 2026-01-03T17:30:00\\+02:00\n# public key: " + recipient
                + "\nAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\n");
        assertThat(mode(file)).isEqualTo("r--------");
        assertThat(mode(home.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(home.resolve("a/b"))).isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        try (AgeKeyService service = AgeVectors.service(home, Map.of("SOPS_AGE_KEY_FILE", file.toString()))) {
            assertThat(service.ownMasterKeys()).contains(Set.of(recipient));
        }
        assertThat(create(home.resolve("other.txt"))).isNotEqualTo(recipient);
    }

    @Test
    void neverOverwrites() throws IOException {
        Path file = Files.writeString(home.resolve("keys.txt"), "mine");
        Path link = Files.createSymbolicLink(home.resolve("link.txt"), home.resolve("nowhere"));
        for (Path existing : new Path[] { file, link, home }) {
            assertThatThrownBy(() -> create(existing)).isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining(existing.toString());
        }
        assertThat(file).hasContent("mine");
        assertThat(home.resolve("nowhere")).doesNotExist();
        assertThatThrownBy(() -> create(file.resolve("keys.txt"))).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining("not a directory");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void aNewIdentityFollowsWhatTheFileHas() throws IOException {
        for (String old : new String[] { "# mine\n", "# mine, without a line break", "" }) {
            Path file = Files.writeString(home.resolve("keys.txt"), old);
            String recipient = AgeIdentityFile.append(file, old.getBytes(UTF_8), new JdkX25519(), new SecureRandom(), CLOCK);

            assertThat(Files.readString(file)).matches(old + (old.isEmpty() || old.endsWith("\n") ? "" : "\n")
                    + "# created: 2026-01-03T17:30:00\\+02:00\n# public key: " + recipient
                    + "\nAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\n");
            assertThat(mode(file)).isEqualTo("r--------");
            try (var files = Files.list(home)) {
                assertThat(files).containsExactly(file);
            }
            Files.delete(file);
        }
    }

    @Test
    void isWhereSopsLooks() {
        assertThat(defaultFile(OperatingSystem.LINUX, Map.of("HOME", "/home/u")))
                .isEqualTo(Path.of("/home/u/.config/sops/age/keys.txt"));
        assertThat(defaultFile(OperatingSystem.LINUX, Map.of("HOME", "/home/u", "XDG_CONFIG_HOME", "/x/")))
                .isEqualTo(Path.of("/x/sops/age/keys.txt"));
        assertThat(defaultFile(OperatingSystem.LINUX, Map.of("HOME", "/home/u", "XDG_CONFIG_HOME", "")))
                .isEqualTo(Path.of("/home/u/.config/sops/age/keys.txt"));
        assertThat(defaultFile(OperatingSystem.MACOS, Map.of("HOME", "/Users/u")))
                .isEqualTo(Path.of("/Users/u/Library/Application Support/sops/age/keys.txt"));
        assertThat(defaultFile(OperatingSystem.MACOS, Map.of("HOME", "/Users/u", "XDG_CONFIG_HOME", "/x")))
                .isEqualTo(Path.of("/x/sops/age/keys.txt"));
        assertThat(defaultFile(OperatingSystem.WINDOWS, Map.of("APPDATA", "/roaming")))
                .isEqualTo(Path.of("/roaming/sops/age/keys.txt"));
        assertThatThrownBy(() -> defaultFile(OperatingSystem.WINDOWS, Map.of("HOME", "/home/u")))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("AppData");
        assertThatThrownBy(() -> defaultFile(OperatingSystem.LINUX, Map.of("HOME", "/h", "XDG_CONFIG_HOME", "rel")))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("XDG_CONFIG_HOME");
    }

    private static Path defaultFile(OperatingSystem system, Map<String, String> variables) {
        return AgeIdentityFile.defaultFile(new HostEnvironment(variables, Path.of("/"), "?", system));
    }

    private static String create(Path file) {
        return AgeIdentityFile.create(file, new JdkX25519(), new SecureRandom(), CLOCK);
    }
}
