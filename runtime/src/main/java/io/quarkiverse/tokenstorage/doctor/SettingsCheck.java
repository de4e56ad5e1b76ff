package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.storage.UnknownSetting;

/**
 * Whether all settings can be understood, and are settings at all; what depends on those that cannot is skipped by the other
 * checks.
 */
final class SettingsCheck implements Check {

    private static final String NAME = "Settings understood";

    @Override
    public List<Finding> examine(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        for (String problem : installation.settingsProblems()) {
            findings.add(Finding.notConfigured(NAME, problem, "correct the setting"));
        }
        for (UnknownSetting setting : installation.settings().unknown().get()) {
            findings.add(Finding.warn(NAME,
                    setting.name() + " is not known: did you mean " + setting.meant() + "?",
                    "rename it to " + setting.meant()));
        }
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "all of them")) : findings;
    }
}
