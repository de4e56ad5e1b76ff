package io.quarkiverse.tokenstorage.sops.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which rule applies to a document, and why; for a diagnosis.
 *
 * @param file the rules file
 * @param number of the rule, from 1
 * @param line at which it starts, from 1
 * @param pathRegex its pattern; empty if it matches everything
 * @param subject the path that patterns were matched against
 * @param keyGroups the master keys that the rule names, of all kinds
 * @param warnings what is probably not meant, each a phrase for people
 */
public record RuleMatch(Path file, int number, int line, Optional<String> pathRegex, String subject,
        List<List<KeyDescription>> keyGroups, List<String> warnings) {

    public RuleMatch {
        keyGroups = keyGroups.stream().map(List::copyOf).toList();
        warnings = List.copyOf(warnings);
    }

    /** File and rule, as in {@link io.quarkiverse.tokenstorage.sops.CreationRule#origin()}. */
    public String origin() {
        return file + ", rule " + number;
    }
}
