package io.quarkiverse.tokenstorage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.rules.RuleMatch;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSearch;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileTemplate;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/** The rules of {@code secrets init}: a {@code .sops.yaml} whose rule fits the token directory. */
final class RulesSetup {

    private final StorageOptions options;
    private final Path tokens;
    private final boolean local;

    RulesSetup(StorageOptions options, Path tokens, boolean local) {
        this.options = options;
        this.tokens = tokens;
        this.local = local;
    }

    /** Refuses {@code --local} where that file would not be read. */
    void requireEffective() {
        Optional<Path> named = named();
        if (local && named.isPresent() && !isSame(named.get(), localFile())) {
            throw new CommandFailure(ExitCode.CONFIGURATION, "The rules file is set to " + named.get()
                    + ", so one in the working directory would not be read: unset "
                    + (options.rulesFile().isPresent() ? "auth.storage.sops.config-file" : RulesFileSearch.VARIABLE)
                    + ", or leave out --local");
        }
    }

    /** Refuses keys of a kind that has to stand in a rule where no rule is read. */
    void requireRead() {
        if (!options.ageRecipients().isEmpty()) {
            throw new CommandFailure(ExitCode.CONFIGURATION,
                    "auth.storage.sops.age.recipients is set, so no rules are read, and"
                            + " all is encrypted for these recipients: unset it to use keys of another kind");
        }
    }

    void run(Terminal terminal, RuleKey key, boolean force) {
        if (!options.ageRecipients().isEmpty()) {
            terminal.result(Mark.SUCCESS, "Rules: not needed, auth.storage.sops.age.recipients is set");
            return;
        }
        Path file = local ? localFile() : named().orElseGet(() -> home().resolve(RulesFileSearch.FILE_NAME));
        RulesFileSource thisFile = new RulesFileSource(options.environment(), Optional.of(file), List.of());
        if (!force && Files.exists(file)) {
            RuleMatch rule = fitting(thisFile, file, key);
            requireKey(rule, key);
            terminal.result(Mark.SUCCESS, "Rules: kept " + rule.origin());
        } else {
            Optional<Path> replaced = RulesFileTemplate.write(file, RulesFileTemplate.content(tokens, file, key.written()),
                    force);
            terminal.result(Mark.SUCCESS, "Rules: made " + file
                    + replaced.map(backup -> ", and kept the old ones as " + backup).orElse(""));
        }
        warnIfHidden(terminal, file);
    }

    private RuleMatch fitting(RulesFileSource rules, Path file, RuleKey key) {
        try {
            return rules.match(example());
        } catch (StorageNotConfiguredException e) {
            throw new CommandFailure(ExitCode.CONFIGURATION, file + " is there and was kept, but has no rule for the token"
                    + " directory. Add the rule {path_regex: '" + RulesFileTemplate.pathRegex(tokens, file) + "', "
                    + key.written().inline() + "}, or replace the file with --force. What was found: " + e.getMessage(), e);
        }
    }

    /** With none of our keys in it, saving would be refused, or what is saved could not be read. */
    private static void requireKey(RuleMatch rule, RuleKey key) {
        if (rule.keyGroups().stream().flatMap(List::stream).noneMatch(key.servedBy())) {
            throw new CommandFailure(ExitCode.CONFIGURATION, rule.origin() + " is there and was kept, but does not encrypt for "
                    + key.name()
                    + ", so tokens could not be read here. Add that to the rule, or replace the file with --force");
        }
    }

    private void warnIfHidden(Terminal terminal, Path file) {
        Optional<Path> effective = RulesFileSearch.in(options.environment(), options.rulesFile()).file();
        if (effective.isPresent() && !isSame(effective.get(), file)) {
            terminal.warn("In this directory " + effective.get() + " is found before " + file
                    + ": its rules apply here; remove it or work elsewhere if that is not meant");
        }
    }

    private Path example() {
        return tokens.resolve(DocumentNames.SOPS.current("example"));
    }

    private Optional<Path> named() {
        HostEnvironment environment = options.environment();
        return options.rulesFile().or(() -> environment.nonEmptyVariable(RulesFileSearch.VARIABLE).map(environment::resolve));
    }

    private Path localFile() {
        return RulesFileSearch.inWorkingDirectory(options.environment());
    }

    /** Links, as that from the home directory to a larger disk, give one file two names. */
    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || (Files.exists(one) ? Files.isSameFile(one, other)
                    : one.getFileName().equals(other.getFileName()) && Files.isSameFile(one.getParent(), other.getParent()));
        } catch (IOException e) {
            return false;
        }
    }

    private Path home() {
        return options.environment().home();
    }
}
