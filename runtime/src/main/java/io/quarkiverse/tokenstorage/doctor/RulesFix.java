package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyNotBuiltInException;
import io.quarkiverse.tokenstorage.sops.rules.NoMatchingRuleException;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSearch;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** What to do when no rule can be had for a token: a new rules file helps only where there is none, or where it is read. */
final class RulesFix {

    private RulesFix() {
    }

    /** @param failure what the attempt to have a rule told */
    static String of(Installation installation, StorageNotConfiguredException failure) {
        Optional<StorageOptions> options = installation.options();
        if (failure instanceof KeyNotBuiltInException) {
            return KeyKind.ENGINE_FOR_THE_REST + ", or name other keys in the rule";
        }
        if (options.isPresent() && !options.get().ageRecipients().isEmpty()) {
            return "correct auth.storage.sops.age.recipients";
        }
        Optional<RulesFileSearch> search = options.flatMap(RulesFix::search);
        String init = installation.command("secrets init");
        if (search.flatMap(RulesFileSearch::file).filter(file -> Files.exists(file)).isEmpty()) {
            return init;
        }
        return search.filter(found -> isOwn(found, installation)).isPresent()
                ? (failure instanceof NoMatchingRuleException ? "add that rule to the file" : "correct that file")
                        + ", or replace it with all its rules: " + init + " --force (the old file is kept as .bak)"
                : "correct that file, set " + RulesFileSearch.VARIABLE + " to your own rules file, or work elsewhere";
    }

    /**
     * Where there is no rules file, the check of that says so; the others need not say the same at length.
     *
     * @param check that needs a rule
     */
    static Optional<Finding> withoutRulesFile(String check, Installation installation) {
        Optional<StorageOptions> options = installation.options().filter(given -> given.ageRecipients().isEmpty());
        boolean missing = options.flatMap(RulesFix::search)
                .filter(search -> search.file().filter(file -> Files.exists(file)).isEmpty()).isPresent();
        return missing
                ? Optional.of(Finding.notConfigured(check, "there is no rules file", "see '" + RulesFileCheck.NAME + "'"))
                : Optional.empty();
    }

    /** Whether it is a file of this user's choice, and not one that lies where the work is done. */
    private static boolean isOwn(RulesFileSearch found, Installation installation) {
        try {
            Path home = installation.environment().home().resolve(RulesFileSearch.FILE_NAME);
            return !found.isSearched() || found.file().equals(Optional.of(home));
        } catch (StorageNotConfiguredException e) {
            return false;
        }
    }

    private static Optional<RulesFileSearch> search(StorageOptions options) {
        try {
            return Optional.of(RulesFileSearch.in(options.environment(), options.rulesFile()));
        } catch (StorageNotConfiguredException e) {
            // The check of the rules file says so
            return Optional.empty();
        }
    }
}
