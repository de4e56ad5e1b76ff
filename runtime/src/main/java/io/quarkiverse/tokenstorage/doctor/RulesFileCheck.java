package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSearch;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** Whether there is a rules file, and how it was found. */
final class RulesFileCheck implements Check {

    static final String NAME = ".sops.yaml configuration found";

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.sops().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOT_ENCRYPTED));
        }
        StorageOptions options = installation.options().orElseThrow();
        if (!options.ageRecipients().isEmpty()) {
            return List.of(Finding.ok(NAME, "not needed: auth.storage.sops.age.recipients is set"));
        }
        try {
            return verdict(installation, RulesFileSearch.in(options.environment(), options.rulesFile()));
        } catch (StorageNotConfiguredException e) {
            return List.of(Finding.notConfigured(NAME, e.getMessage(), "correct or unset " + RulesFileSearch.VARIABLE));
        }
    }

    private static List<Finding> verdict(Installation installation, RulesFileSearch search) {
        List<Finding> findings = new ArrayList<>();
        String how = search.isSearched() ? "" : ", named by " + search.origin();
        if (search.file().isEmpty()) {
            findings.add(Finding.notConfigured(NAME, "none in " + installation.environment().workingDirectory()
                    + ", its parents and the home directory, and auth.storage.sops.age.recipients is not set",
                    installation.command("secrets init")));
        } else if (!Files.exists(search.file().get())) {
            findings.add(Finding.notConfigured(NAME, search.file().get() + how + ", does not exist",
                    "create it, or correct " + search.origin()));
        } else {
            findings.add(Finding.ok(NAME, search.file().get() + how));
        }
        for (Path ignored : search.ignored()) {
            findings.add(Finding.warn(NAME, ignored + " is read by nobody, sops included",
                    "mv " + ShellWord.of(ignored) + " " + ShellWord.of(ignored.resolveSibling(RulesFileSearch.FILE_NAME))));
        }
        return findings;
    }
}
