package io.quarkiverse.tokenstorage.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus.State;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/** Whether others can read an identity. */
final class KeyFileModeCheck implements Check {

    private static final String NAME = "Age key file private";

    @Override
    public List<Finding> examine(Installation installation) {
        List<IdentitySourceStatus> files = installation.identitySources().stream().filter(source -> source.file().isPresent())
                .filter(source -> !source.recipients().isEmpty() || source.state() == State.LOCKED).toList();
        if (files.isEmpty()) {
            return List.of(AgeKeyCheck.isForOtherKeysOnly(installation) ? Finding.ok(NAME, "there is none, and none is needed")
                    : Finding.skipped(NAME, "there is no key file"));
        }
        return files.stream().map(KeyFileModeCheck::verdict).toList();
    }

    private static Finding verdict(IdentitySourceStatus source) {
        Path file = source.file().orElseThrow();
        if (!source.openToOthers()) {
            return Finding.ok(NAME, "only its owner reads " + file);
        }
        try {
            return ofOpen(file, InspectedFile.elsewhere(file), Files.getFileStore(file).isReadOnly());
        } catch (IOException e) {
            return open(file, "chmod 400 " + ShellWord.of(file));
        }
    }

    /** Where secrets are mounted for a process that is not root, they belong to root, and its group is how it reads them. */
    static Finding ofOpen(Path file, InspectedFile facts, boolean readOnly) {
        if (!facts.own() && !facts.openToEverybody()) {
            return Finding.ok(NAME, "only its owner and the members of its group read " + file);
        }
        if (readOnly) {
            return open(file, "have it mounted with mode " + (facts.own() ? "0400" : "0440"));
        }
        return open(file, facts.own() ? "chmod 400 " + ShellWord.of(file)
                : "have " + (facts.owner().isEmpty() ? "its owner" : facts.owner()) + " run chmod o= " + ShellWord.of(file));
    }

    private static Finding open(Path file, String fix) {
        return Finding.warn(NAME, file + " can be read by other users of this machine", fix);
    }
}
