package io.quarkiverse.tokenstorage.sops.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

/**
 * Finds programs as a shell does, with one difference: a name without a directory is never looked for in the working
 * directory, nor in a relative directory of {@code PATH}. Whoever unpacked an archive there would choose what runs; on Windows
 * the system itself would begin there (GHSA-x5c7-x7m2-rhmf is this fault in sops).
 */
public final class ProgramSearch {

    private ProgramSearch() {
    }

    /**
     * @param program a name, looked for in {@code PATH}; or a path, which starts at the working directory if it is relative
     * @return its absolute path; empty if there is no such file, or it is not executable
     */
    public static Optional<Path> find(String program, HostEnvironment environment) {
        boolean windows = environment.operatingSystem() == OperatingSystem.WINDOWS;
        if (program.isEmpty()) {
            return Optional.empty();
        }
        if (program.indexOf('/') >= 0 || windows && (program.indexOf('\\') >= 0 || program.indexOf(':') >= 0)) {
            return executable(environment.workingDirectory(), program, windows);
        }
        for (String directory : searchPath(environment, windows).split(Pattern.quote(File.pathSeparator))) {
            Optional<Path> found = absolute(directory).flatMap(path -> executable(path, program, windows));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Windows writes the name of the variable {@code Path}, and does not care. */
    private static String searchPath(HostEnvironment environment, boolean windows) {
        return environment.variables().entrySet().stream()
                .filter(variable -> windows ? variable.getKey().equalsIgnoreCase("PATH") : variable.getKey().equals("PATH"))
                .map(variable -> variable.getValue()).findFirst().orElse("");
    }

    private static Optional<Path> absolute(String directory) {
        try {
            return Optional.of(Path.of(directory)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            // Such an entry leads no shell to a program either
            return Optional.empty();
        }
    }

    /** Scripts of cmd.exe are left out: it parses arguments anew, so they cannot be passed safely. */
    private static Optional<Path> executable(Path directory, String program, boolean windows) {
        boolean complete = !windows || program.toLowerCase(Locale.ROOT).endsWith(".exe");
        for (String suffix : complete ? List.of("") : List.of(".exe", ".com")) {
            try {
                Path file = directory.resolve(program + suffix).normalize();
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
