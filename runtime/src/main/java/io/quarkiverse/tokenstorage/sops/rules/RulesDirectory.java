package io.quarkiverse.tokenstorage.sops.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of a rules file, which the paths below it are seen from ({@code config/config.go},
 * {@code parseCreationRuleForFile}).
 *
 * @param path without a separator at its end, unless it is a root
 */
record RulesDirectory(String path, String separator) {

    /**
     * Its name is the one by which the rules file was found. If that leads through links, and what is seen from there was
     * named without them, as the name of the working directory is to Java, it is the real one.
     */
    static RulesDirectory of(Path rulesFile, Path seen) {
        RulesDirectory named = named(rulesFile.getParent());
        return named.relativized(seen).isPresent() ? named
                : real(rulesFile.getParent()).filter(real -> real.relativized(seen).isPresent()).orElse(named);
    }

    private static RulesDirectory named(Path directory) {
        return new RulesDirectory(String.valueOf(directory), directory.getFileSystem().getSeparator());
    }

    private static Optional<RulesDirectory> real(Path directory) {
        try {
            return Optional.of(named(directory.toRealPath()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The path from here, if it is below. sops compares texts, and so finds nothing below the root directory. */
    Optional<String> relativized(Path target) {
        String prefix = path + separator;
        String text = target.toString();
        return text.startsWith(prefix) ? Optional.of(text.substring(prefix.length())) : Optional.empty();
    }
}
