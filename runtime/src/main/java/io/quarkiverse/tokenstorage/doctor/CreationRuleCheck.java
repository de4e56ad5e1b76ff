package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;

/** Which rule applies to the token files; there may be more than one if a rule names single files. */
final class CreationRuleCheck implements Check {

    static final String NAME = "Creation rule for the token directory";

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.sops().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOT_ENCRYPTED));
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, String> filesByRule = new LinkedHashMap<>();
        for (Path target : installation.ruleTargets()) {
            try {
                CreationRule rule = installation.sops().get().rules().ruleFor(target);
                filesByRule.merge(rule.origin(), target.getFileName().toString(), (all, one) -> all + ", " + one);
            } catch (StorageNotConfiguredException e) {
                findings.add(RulesFix.withoutRulesFile(NAME, installation)
                        .orElseGet(() -> Finding.notConfigured(NAME, e.getMessage(), RulesFix.of(installation, e))));
            }
        }
        filesByRule.forEach((rule, files) -> findings.add(Finding.ok(NAME,
                rule + (filesByRule.size() > 1 ? " for " + files : ""))));
        return findings.stream().distinct().toList();
    }
}
