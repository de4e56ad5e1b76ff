package io.quarkiverse.tokenstorage.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

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
    public List<Finding> examine(Subject subject) {
        return List.of(Finding.ok(name, find(subject.environment()).map(path -> path + " (not needed: " + substitute + ")")
                .orElse("not installed, and not needed: " + substitute)));
    }

    private Optional<Path> find(HostEnvironment environment) {
        String file = environment.operatingSystem() == OperatingSystem.WINDOWS ? program + ".exe" : program;
        for (String directory : environment.variable("PATH").orElse("").split(Pattern.quote(File.pathSeparator))) {
            try {
                Path candidate = environment.workingDirectory().resolve(directory).resolve(file);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            } catch (InvalidPathException e) {
                // Such an entry leads no shell to a program either.
            }
        }
        return Optional.empty();
    }
}
