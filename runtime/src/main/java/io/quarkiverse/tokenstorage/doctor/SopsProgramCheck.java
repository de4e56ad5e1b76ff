package io.quarkiverse.tokenstorage.doctor;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.executable.SopsProgram;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** Whether the sops program can be used, if it has been chosen as engine; otherwise whether it is there to compare with. */
final class SopsProgramCheck implements Check {

    private static final String NAME = "SOPS binary found";

    private final Check optional = new ProgramCheck(NAME, "sops", "SOPS is built in");

    @Override
    public List<Finding> examine(Installation installation) {
        Optional<String> program = installation.options().flatMap(StorageOptions::sopsExecutable);
        if (program.isEmpty()) {
            return optional.examine(installation);
        }
        try {
            String found = new SopsProgram(program.get(), installation.environment(), SopsProgram.TIMEOUT).describe();
            return List.of(Finding.ok(NAME, found + ", as auth.storage.sops.engine=executable says"));
        } catch (TokenStorageException e) {
            return List.of(Finding.notConfigured(NAME, e.getMessage().replace("; " + SopsProgram.REMEDY, ""),
                    SopsProgram.REMEDY));
        }
    }
}
