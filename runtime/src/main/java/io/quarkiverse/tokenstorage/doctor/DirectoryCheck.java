package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.store.DirectoryExposure;
import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/** Whether the directory of the tokens is there (or can be made), private and writable. */
final class DirectoryCheck implements Check {

    private static final String NAME = "Token directory";
    private static final String ELSEWHERE = AccessFix.ELSEWHERE;

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.inspections().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOTHING_ON_DISK));
        }
        return installation.inspections().stream().map(DirectoryCheck::verdict).toList();
    }

    private static Finding verdict(DirectoryInspection inspection) {
        Path directory = inspection.directory();
        if (inspection.barrier().isPresent()) {
            InspectedFile barrier = inspection.barrier().get();
            return Finding.fail(NAME, (barrier.path().equals(directory) ? directory.toString()
                    : directory + " is behind " + barrier.path() + ", which") + " cannot be looked into (mode " + barrier.mode()
                    + (barrier.own() ? "" : ", of " + barrier.owner()) + ")", AccessFix.ofBarrier(inspection));
        }
        if (inspection.failure().isPresent()) {
            return Finding.fail(NAME, inspection.failure().get(), ELSEWHERE);
        }
        return inspection.itself().map(itself -> verdict(inspection, itself)).orElseGet(() -> absent(directory));
    }

    private static Finding verdict(DirectoryInspection inspection, InspectedFile itself) {
        Path directory = inspection.directory();
        String mode = itself.mode().isEmpty() ? "" : " (mode " + itself.mode() + ")";
        if (itself.kind() != InspectedFile.Kind.DIRECTORY) {
            return Finding.fail(NAME, directory + " is not a directory", "remove it, or " + ELSEWHERE);
        }
        if (!itself.own() && !inspection.readOnly()) {
            return Finding.fail(NAME, directory + " belongs to " + itself.owner() + ", not to the user of this process",
                    ELSEWHERE);
        }
        if (inspection.exposure() == DirectoryExposure.CHANGED_BY_OTHERS) {
            return Finding.fail(NAME, directory + " can be changed by other users" + mode + "; it is not used",
                    ELSEWHERE + " inside it");
        }
        if (inspection.exposure() == DirectoryExposure.LISTED_BY_OTHERS) {
            return Finding.warn(NAME, directory + " can be listed by other users" + mode + ", and holds other files too",
                    ELSEWHERE + " inside it");
        }
        if (itself.openToOthers() && itself.own()) {
            return Finding.warn(NAME, directory + " is open to other users" + mode, "chmod 700 " + ShellWord.of(directory));
        }
        return inspection.readOnly()
                ? Finding.warn(NAME, directory + " is read-only" + mode + ": tokens can be read, not saved",
                        "fine for mounted secrets; else " + (inspection.readOnlyFileSystem() ? ELSEWHERE
                                : !itself.own() ? AccessFix.yours(directory) : "chmod 700 " + ShellWord.of(directory)))
                : Finding.ok(NAME, directory + mode);
    }

    private static Finding absent(Path directory) {
        Path existing = directory;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return Files.isDirectory(existing) && Files.isWritable(existing)
                ? Finding.ok(NAME, directory + " will be made when the first token is saved")
                : Finding.fail(NAME, directory + " is not there and cannot be made: " + existing
                        + (Files.isDirectory(existing) ? " is not writable" : " is not a directory"),
                        Files.isDirectory(existing) ? AccessFix.yours(directory) : ELSEWHERE);
    }
}
