package io.quarkiverse.tokenstorage.sops;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a creation rule was found: what another program must be told to find the same one.
 *
 * @param rulesFile the rules file that was read; empty if there is none, and all keys come from the variables of sops
 * @param target the absolute path of the document, which the rules were matched against
 * @param chosenByWorkingDirectory whether the rules file was found in the working directory or above it, and is not the one in
 *        the home directory: it may be that of a project of other people
 */
public record RuleLookup(Optional<Path> rulesFile, Path target, boolean chosenByWorkingDirectory) {
}
