package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.re2j.Pattern;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.sops.KeyKind;

class RulesFileTemplateTest {

    @TempDir
    Path home;

    @Test
    void givesThePatternsOfTheManual() {
        assertThat(RulesFileTemplate.pathRegex("/home/u/.config/kstlib/auth/tokens", "/home/u", "/"))
                .isEqualTo("\\.config/kstlib/auth/tokens/.*\\.sops\\.json$");
        assertThat(RulesFileTemplate.pathRegex("C:\\Users\\u\\.config\\kstlib\\auth\\tokens", "C:\\Users\\u", "\\"))
                .isEqualTo("\\.config\\\\kstlib\\\\auth\\\\tokens\\\\.*\\.sops\\.json$");
        assertThat(RulesFileTemplate.pathRegex("/srv/a+b", "/home/u", "/")).isEqualTo("^/srv/a\\+b/.*\\.sops\\.json$");
        assertThat(RulesFileTemplate.pathRegex("/home/user2", "/home/u", "/"))
                .isEqualTo("^/home/user2/.*\\.sops\\.json$");
        assertThat(RulesFileTemplate.pathRegex("D:\\t", "C:\\", "\\")).isEqualTo("^D:\\\\t\\\\.*\\.sops\\.json$");
        String own = RulesFileTemplate.pathRegex("/home/u", "/home/u", "/");
        assertThat(Pattern.compile(own).matcher("x.token.sops.json").find()).isTrue();
        assertThat(Pattern.compile(own).matcher("sub/x.token.sops.json").find()).isFalse();
    }

    @Test
    void writesARuleThatMatches() throws IOException {
        HostEnvironment environment = new HostEnvironment(Map.of("HOME", home.toString()), home, "?", OperatingSystem.LINUX);
        Path rulesFile = home.resolve(".sops.yaml");
        for (Path directory : List.of(home.resolve("it's [odd] {name}: #1"), Path.of("/srv/tokens"), home, Path.of("/"))) {
            RulesFileTemplate.write(rulesFile, RulesFileTemplate.content(directory, rulesFile, RuleKeys.age("age1a")), true);
            RuleMatch match = new RulesFileSource(environment, Optional.empty(),
                    List.of(new RecordingKeyService(KeyKind.AGE))).match(directory.resolve("p.token.sops.json"));
            assertThat(match.number()).isEqualTo(1);
        }
    }

    @Test
    void replacesOnlyIfToldToAndKeepsTheOldOne() throws IOException {
        Path file = home.resolve("new/.sops.yaml");
        assertThat(RulesFileTemplate.write(file, "one", false)).isEmpty();
        assertThatThrownBy(() -> RulesFileTemplate.write(file, "two", false)).isInstanceOf(StorageAccessException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("--force");
        assertThat(file).hasContent("one");
        Path backup = RulesFileTemplate.write(file, "two", true).orElseThrow();
        assertThat(file).hasContent("two");
        assertThat(backup).hasContent("one");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(file, backup);
        }
    }
}
