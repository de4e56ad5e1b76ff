package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.LockProbe;

/** Whether locks can be taken, which shows both who keeps one and whether the file system has any. */
final class LockCheck implements Check {

    private static final String NAME = "Locks can be taken";

    @Override
    public List<Finding> examine(Installation installation) {
        List<LockProbe> probes = installation.inspections().stream().map(DirectoryInspection::locks).flatMap(List::stream)
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (LockProbe probe : probes) {
            switch (probe.outcome()) {
                case HELD -> findings.add(Finding.warn(NAME, probe.detail(), "wait for that process, or end it if it hangs"));
                case FAILED -> findings.add(Finding.fail(NAME, probe.detail(),
                        installation.inspections().stream().anyMatch(FileSystemCheck::isFull)
                                ? "see '" + FileSystemCheck.NAME + "'"
                                : "set auth.storage.sops.directory to a local directory of your own"));
                case FREE -> {
                    // as it should be
                }
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    probes.isEmpty() ? Finding.ok(NAME, "nothing to lock: no directory that tokens could be written to yet")
                            : Finding.ok(NAME, "yes"));
        }
        return findings;
    }
}
