package io.quarkiverse.tokenstorage.doctor;

import java.time.Duration;
import java.util.List;

import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/** Temporary files of writers that were killed. They hold what the token file would hold: with sops only ciphertext. */
final class LeftOverCheck implements Check {

    private static final String NAME = "No left-over files";

    /** Far longer than any write takes. */
    private static final Duration OLD = Duration.ofMinutes(10);

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.inspections().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOTHING_ON_DISK));
        }
        List<Finding> findings = installation.inspections().stream().map(DirectoryInspection::leftOvers).flatMap(List::stream)
                .filter(file -> file.age().compareTo(OLD) > 0).map(LeftOverCheck::leftOver).toList();
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "none")) : findings;
    }

    private static Finding leftOver(InspectedFile file) {
        return Finding.warn(NAME, file.path() + " was left by a writer that was killed", "rm " + ShellWord.of(file.path()));
    }
}
