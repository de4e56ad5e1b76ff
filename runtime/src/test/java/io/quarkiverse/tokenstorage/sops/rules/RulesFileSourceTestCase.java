package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;

/** A rules file in a home or working directory of its own, read for a file there. */
@Timeout(60)
abstract class RulesFileSourceTestCase {

    @TempDir
    Path root;
    Path work;
    Path home;
    Path target;
    final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        work = Files.createDirectories(root.resolve("projects/mine"));
        home = Files.createDirectories(root.resolve("home"));
        target = home.resolve(".config/tokens/x.token.sops.json");
        variables.put("HOME", home.toString());
    }

    RulesFileSource source() {
        return new RulesFileSource(environment(), Optional.empty(), services());
    }

    HostEnvironment environment() {
        return new HostEnvironment(variables, work, "?", OperatingSystem.LINUX);
    }

    static List<RecordingKeyService> services() {
        return Stream.of(KeyKind.values()).map(RecordingKeyService::new).toList();
    }

    void write(String content) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"), content);
    }

    static List<String> identities(CreationRule rule) {
        assertThat(rule.keyGroups()).hasSize(1);
        return rule.keyGroups().get(0).stream().map(MasterKey::identity).toList();
    }
}
