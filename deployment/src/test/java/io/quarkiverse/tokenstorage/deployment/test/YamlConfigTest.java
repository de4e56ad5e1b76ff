package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import jakarta.inject.Inject;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.test.QuarkusUnitTest;

/** The YAML of the other tool, with underscores, is understood as it stands. */
class YamlConfigTest {

    private static final String YAML = """
            auth:
              token_storage: "file"

              storage:
                file:
                  directory: "~/.config/kstlib/auth/tokens"
                sops:
                  directory: "~/.config/kstlib/auth/tokens"
                  config_file: "/rules/.sops.yaml"
                  age:
                    key_file: "~/keys.txt"
                lock_timeout: 3s
              default_provider: corporate
              providers:
                my_corp-1.example:
                  token_storage: memory
                github:
                  token-storage: file
            """;

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest()
            .withApplicationRoot(archive -> archive.addAsResource(new StringAsset(YAML), "application.yaml"));

    @Inject
    StorageSettings settings;

    @Test
    void everyKeyIsUnderstood() {
        Path home = settings.environment().home();
        assertThat(settings.defaultBackend()).isEqualTo("file");
        assertThat(settings.providerBackends()).containsOnlyKeys("my_corp-1.example", "github")
                .containsEntry("my_corp-1.example", "memory").containsEntry("github", "file");
        assertThat(settings.defaultProvider()).contains("corporate");
        assertThat(settings.fileDirectory()).isEqualTo(home.resolve(".config/kstlib/auth/tokens"));
        assertThat(settings.sopsDirectory()).isEqualTo(home.resolve(".config/kstlib/auth/tokens"));
        assertThat(settings.options().lockTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.options().rulesFile()).contains(Path.of("/rules/.sops.yaml"));
        assertThat(settings.options().ageKeyFile()).contains(home.resolve("keys.txt"));
    }
}
