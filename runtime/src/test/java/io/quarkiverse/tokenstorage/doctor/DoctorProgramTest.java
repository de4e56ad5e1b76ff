package io.quarkiverse.tokenstorage.doctor;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.doctor.Report.Verdict;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** What the doctor says of the {@code sops} program, which only its engine needs. */
class DoctorProgramTest extends DoctorTestCase {

    private Report examineWithProgram(String program) {
        StorageSettings.Texts texts = new StorageSettings.Texts(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.of("executable"),
                Optional.of(program));
        return new Doctor(new StorageSettings("sops", Map.of(), Optional.empty(), texts, environment), storage(), "app")
                .examine();
    }

    @Test
    void theProgramIsNeededOnceItIsTheEngine() throws IOException {
        initialise();

        Report absent = examineWithProgram("sops");

        assertThat(absent.verdict()).isEqualTo(Verdict.NOT_CONFIGURED);
        Finding finding = of(absent, "SOPS binary found").get(0);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).isEqualTo("There is no program 'sops' in PATH");
        assertThat(finding.fix()).contains("install sops 3.10.0 or newer, set auth.storage.sops.executable to its path, or"
                + " remove auth.storage.sops.engine");
        assertThat(of(absent, "age binary found").get(0).status()).isEqualTo(Status.OK);
        everyFailureHasAFix(absent);

        Path old = program("sops 3.9.4");
        assertThat(of(examineWithProgram(old.toString()), "SOPS binary found").get(0).detail())
                .isEqualTo(old + " is sops 3.9.4, which is too old to be used through standard input");
        Path fit = program("sops 3.13.2");
        assertThat(of(examineWithProgram("./program"), "SOPS binary found"))
                .containsExactly(
                        Finding.ok("SOPS binary found", fit + " (3.13.2), as auth.storage.sops.engine=executable says"));
    }

    @Test
    void keysThatOnlyTheProgramKnowsNeedNoAgeIdentity() throws IOException {
        Files.writeString(rules, "creation_rules: [{hc_vault_transit_uri: 'https://v/v1/transit/keys/k'}]");

        Report report = examineWithProgram(program("sops 3.13.2").toString());

        assertThat(of(report, "Age key file exists").get(0).status()).isEqualTo(Status.OK);
        assertThat(of(report, "Creation rule for the token directory").get(0).status()).isEqualTo(Status.OK);
    }

    private Path program(String version) throws IOException {
        Path program = home.resolve("program");
        Files.deleteIfExists(program);
        Files.writeString(program, "#!/bin/sh\necho " + version + "\n");
        chmod(program, "rwx------");
        return program;
    }
}
