package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus.State;

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
        return source.openToOthers()
                ? Finding.warn(NAME, file + " can be read by other users of this machine", "chmod 400 " + ShellWord.of(file))
                : Finding.ok(NAME, "only its owner reads " + file);
    }
}
