package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.test.QuarkusUnitTest;

/** Without the dev service only the directory is changed; and a wrong setting is told to who uses it, not at start. */
class NoDevServiceTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.devservices.enabled", "false")
            .overrideRuntimeConfigKey("auth.storage.file.directory", "own-tokens")
            .overrideRuntimeConfigKey("auth.storage.lock-timeout", "soon")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.tokenstorage"))
            .assertLogRecords(records -> assertThat(records).isEmpty());

    @Inject
    StorageSettings settings;

    @Inject
    TokenStorage storage;

    @Test
    void theDefaultDirectoryIsStillUnderTheBuildDirectory() {
        assertThat(settings.sopsDirectory().toString()).endsWith("/token-storage-test/tokens").doesNotContain("/.config/");
        assertThat(settings.fileDirectory()).isEqualTo(Path.of("own-tokens").toAbsolutePath());
        assertThat(settings.texts().ageKeyFile()).isEmpty();
        assertThat(settings.texts().ageRecipients()).isEmpty();
    }

    @Test
    void aWrongSettingIsToldAtEachUse() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> storage.load("github")).isExactlyInstanceOf(StorageNotConfiguredException.class)
                    .hasMessage("auth.storage.lock-timeout: 'soon' is not a duration; write one like 10s, 500ms or PT1M");
        }
    }
}
