package io.quarkiverse.tokenstorage.sops.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Where the rules file is: as configured, else as {@code SOPS_CONFIG} says, else the first {@code .sops.yaml} in the working
 * directory, its parents, and last the home directory, where sops itself does not look.
 *
 * @param file the file to use; if configured, it need not exist
 * @param origin how it was found, for people: the name of the setting or variable, or "search"
 * @param ignored files named {@code .sops.yml} on the way, which nobody reads
 */
public record RulesFileSearch(Optional<Path> file, String origin, List<Path> ignored) {

    /** The name of a rules file. */
    public static final String FILE_NAME = ".sops.yaml";

    /** The variable of sops that names the rules file. */
    public static final String VARIABLE = "SOPS_CONFIG";

    private static final String SEARCH = "search";
    private static final String IGNORED_NAME = ".sops.yml";
    private static final int HIGHEST_PARENT = 100;

    public RulesFileSearch {
        ignored = List.copyOf(ignored);
    }

    /**
     * Looks once, at this moment.
     *
     * @param configured the rules file that the application configured, if any
     */
    public static RulesFileSearch in(HostEnvironment environment, Optional<Path> configured) {
        if (configured.isPresent()) {
            return new RulesFileSearch(configured.map(file -> environment.workingDirectory().resolve(file).normalize()),
                    "configuration", List.of());
        }
        Optional<String> variable = environment.nonEmptyVariable(VARIABLE);
        if (variable.isPresent()) {
            return new RulesFileSearch(variable.map(environment::resolve), VARIABLE, List.of());
        }
        List<Path> ignored = new ArrayList<>();
        Optional<Path> home = home(environment);
        Path directory = environment.logicalWorkingDirectory().normalize();
        for (int i = 0; i < HIGHEST_PARENT && directory != null; i++) {
            if (isRulesFile(directory, ignored)) {
                return found(home.filter(leadsTo(directory)).orElse(directory), ignored);
            }
            directory = directory.getParent();
        }
        return home.isPresent() && isRulesFile(home.get(), ignored) ? found(home.get(), ignored)
                : new RulesFileSearch(Optional.empty(), SEARCH, ignored);
    }

    /** One file has one name, wherever it is found from: a rule for what is below it fits then from everywhere. */
    private static Predicate<Path> leadsTo(Path directory) {
        return home -> {
            try {
                return Files.isSameFile(home, directory);
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** The file in the working directory, there or not, by the name under which it would be found. */
    public static Path inWorkingDirectory(HostEnvironment environment) {
        Path directory = environment.logicalWorkingDirectory().normalize();
        return home(environment).filter(leadsTo(directory)).orElse(directory).resolve(FILE_NAME);
    }

    private static RulesFileSearch found(Path directory, List<Path> ignored) {
        return new RulesFileSearch(Optional.of(directory.resolve(FILE_NAME)), SEARCH, ignored);
    }

    private static boolean isRulesFile(Path directory, List<Path> ignored) {
        if (Files.exists(directory.resolve(FILE_NAME))) {
            return true;
        }
        Path other = directory.resolve(IGNORED_NAME);
        if (Files.exists(other, LinkOption.NOFOLLOW_LINKS) && !ignored.contains(other)) {
            ignored.add(other);
        }
        return false;
    }

    /** Whether neither a setting nor a variable names the file. */
    public boolean isSearched() {
        return origin.equals(SEARCH);
    }

    /** Whether the working directory decided which file it is: who made that directory, made the rules. */
    boolean isChosenByWorkingDirectory(HostEnvironment environment) {
        return isSearched() && file.isPresent() && !home(environment).equals(file.map(Path::getParent));
    }

    private static Optional<Path> home(HostEnvironment environment) {
        try {
            return Optional.of(environment.home());
        } catch (StorageNotConfiguredException e) {
            return Optional.empty();
        }
    }
}
