package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;

/** Whether others can read an identity. */
final class KeyFileModeCheck implements Check {

    private static final String NAME = "Age key file private";

    @Override
    public List<Finding> examine(Subject subject) {
        List<Path> files = subject.identitySources().stream().filter(source -> !source.recipients().isEmpty())
                .map(IdentitySourceStatus::file).flatMap(Optional::stream).distinct().toList();
        if (files.isEmpty()) {
            return List.of(Finding.skipped(NAME, "there is no key file"));
        }
        return subject.identitySources().stream().filter(source -> !source.recipients().isEmpty())
                .filter(source -> source.file().isPresent()).map(KeyFileModeCheck::verdict).toList();
    }

    private static Finding verdict(IdentitySourceStatus source) {
        Path file = source.file().orElseThrow();
        return source.openToOthers()
                ? Finding.warn(NAME, file + " can be read by other users of this machine", "chmod 400 " + ShellWord.of(file))
                : Finding.ok(NAME, "only its owner reads " + file);
    }
}
