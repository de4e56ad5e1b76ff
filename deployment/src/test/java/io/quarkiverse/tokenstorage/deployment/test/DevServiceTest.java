package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.test.QuarkusUnitTest;

/** What a test gets that configures nothing. */
class DevServiceTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.tokenstorage"))
            .assertLogRecords(records -> assertThat(records).singleElement().satisfies(record -> assertThat(
                    String.format(record.getMessage(), record.getParameters()))
                    .startsWith("Dev Services for Token Storage: tokens and a throw-away key under ")
                    .endsWith("; auth.devservices.enabled=false turns this off")));

    @Inject
    StorageSettings settings;

    @Test
    void tokensAndKeysAreUnderTheBuildDirectory() throws Exception {
        StorageOptions options = settings.options();
        Path key = options.ageKeyFile().orElseThrow();

        assertThat(settings.sopsDirectory()).isEqualTo(settings.fileDirectory()).isEqualTo(key.resolveSibling("tokens"));
        assertThat(key.toString()).contains("/token-storage-test/run-").doesNotContain("/.config/");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("r--------");
        assertThat(Files.readString(key)).contains("# public key: " + options.ageRecipients().get(0) + "\n")
                .contains("\nAGE-SECRET-KEY-1");
        assertThat(options.ageRecipients()).singleElement().asString().matches("age1[02-9ac-hj-np-z]{58}");
        assertThat(settings.sopsDirectory()).doesNotExist();
    }
}
