package io.quarkiverse.tokenstorage.doctor;

import java.util.List;

import io.quarkiverse.tokenstorage.store.DirectoryInspection;

/** Whether tokens are on a network, where locks and durable writes are promises of somebody else, and whether there is room. */
final class FileSystemCheck implements Check {

    static final String NAME = "File system of the token directory";

    private static final long ROOM = 1 << 20;

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.inspections().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOTHING_ON_DISK));
        }
        return installation.inspections().stream().map(FileSystemCheck::verdict).toList();
    }

    private static Finding verdict(DirectoryInspection inspection) {
        String type = inspection.fileSystem().isEmpty() ? "of unknown type" : inspection.fileSystem();
        if (inspection.network()) {
            return Finding.warn(NAME, type + ": locks between machines and durable writes depend on the server",
                    "set auth.storage.sops.directory to a local directory");
        }
        if (inspection.readOnlyFileSystem()) {
            return Finding.ok(NAME, type + ", read-only");
        }
        if (isFull(inspection)) {
            return Finding.fail(NAME, type + ", full: " + inspection.usableBytes() + " bytes are left",
                    "make room on the file system of " + ShellWord.of(inspection.directory()));
        }
        return Finding.ok(NAME, type);
    }

    static boolean isFull(DirectoryInspection inspection) {
        return inspection.usableBytes() >= 0 && inspection.usableBytes() < ROOM;
    }
}
