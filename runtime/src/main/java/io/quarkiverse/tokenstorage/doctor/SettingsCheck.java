package io.quarkiverse.tokenstorage.doctor;

import java.util.List;

/** Whether all settings can be understood; what depends on those that cannot is skipped by the other checks. */
final class SettingsCheck implements Check {

    private static final String NAME = "Settings understood";

    @Override
    public List<Finding> examine(Installation installation) {
        List<Finding> problems = installation.settingsProblems().stream()
                .map(problem -> Finding.notConfigured(NAME, problem, "correct the setting"))
                .toList();
        return problems.isEmpty() ? List.of(Finding.ok(NAME, "all of them")) : problems;
    }
}
