package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;

/** The rules that apply to token files, each once; without those that {@link CreationRuleCheck} has found missing or faulty. */
final class ApplicableRules {

    private ApplicableRules() {
    }

    static List<CreationRule> of(Installation installation) {
        Map<String, CreationRule> rules = new LinkedHashMap<>();
        installation.sops().ifPresent(sops -> {
            for (Path target : installation.ruleTargets()) {
                try {
                    CreationRule rule = sops.rules().ruleFor(target);
                    rules.putIfAbsent(rule.origin(), rule);
                } catch (StorageNotConfiguredException e) {
                    // the other check's business
                }
            }
        });
        return List.copyOf(rules.values());
    }
}
