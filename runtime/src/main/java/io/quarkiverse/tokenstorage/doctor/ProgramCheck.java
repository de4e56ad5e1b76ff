package io.quarkiverse.tokenstorage.doctor;

import java.util.List;

import io.quarkiverse.tokenstorage.sops.process.ProgramSearch;

/** Whether a program is in the path. None is needed; people compare with what they have installed. */
final class ProgramCheck implements Check {

    private final String name;
    private final String program;
    private final String substitute;

    ProgramCheck(String name, String program, String substitute) {
        this.name = name;
        this.program = program;
        this.substitute = substitute;
    }

    @Override
    public List<Finding> examine(Installation installation) {
        return List.of(Finding.ok(name, ProgramSearch.find(program, installation.environment())
                .map(path -> path + " (not needed: " + substitute + ")")
                .orElse("not needed, for " + substitute + " (none is installed)")));
    }
}
