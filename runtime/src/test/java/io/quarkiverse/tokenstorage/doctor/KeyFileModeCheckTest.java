package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/** Who reads a key file: where it is mounted for a process, the group of that process has to. */
class KeyFileModeCheckTest {

    private static final Path KEYS = Path.of("/run/secrets/age.txt");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "true, 0440, false, WARN, chmod 400 /run/secrets/age.txt",
            "true, 0404, false, WARN, chmod 400 /run/secrets/age.txt",
            "true, 0644, true, WARN, have it mounted with mode 0400",
            "false, 0440, true, OK, -",
            "false, 0440, false, OK, -",
            "false, 0444, false, WARN, have root run chmod o= /run/secrets/age.txt",
            "false, 0444, true, WARN, have it mounted with mode 0440",
    })
    void theFixCanBeCarriedOut(boolean own, String mode, boolean readOnly, Status status, String fix) {
        InspectedFile facts = new InspectedFile(KEYS, Optional.empty(), InspectedFile.Kind.REGULAR, "root", own, mode, true, 1,
                100, Duration.ZERO);

        Finding finding = KeyFileModeCheck.ofOpen(KEYS, facts, readOnly);

        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.fix()).isEqualTo(Optional.ofNullable(fix));
    }

    @Test
    void whatALinkLeadsToCounts() throws IOException {
        Path file = Files.writeString(directory.resolve("age.txt"), "");
        chmod(file, "r--r--r--");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        InspectedFile facts = InspectedFile.elsewhere(link);

        assertThat(facts.own()).isTrue();
        assertThat(facts.mode()).isEqualTo("0444");
        assertThat(facts.openToEverybody()).isTrue();
        chmod(file, "r--r-----");
        assertThat(InspectedFile.elsewhere(link).openToEverybody()).isFalse();
    }
}
