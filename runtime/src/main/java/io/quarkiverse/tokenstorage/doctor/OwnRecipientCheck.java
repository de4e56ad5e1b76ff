package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.SopsEngine;

/** Whether what is saved can be read again: whether an own identity is among the recipients. */
final class OwnRecipientCheck implements Check {

    private static final String NAME = "Own identity among the recipients";

    @Override
    public List<Finding> examine(Subject subject) {
        List<CreationRule> rules = ApplicableRules.of(subject);
        if (rules.isEmpty()) {
            return List.of(Finding.skipped(NAME, "there is no creation rule to look at"));
        }
        List<Finding> findings = new ArrayList<>();
        rules.forEach(rule -> findings.add(verdict(rule, subject.sops().orElseThrow().engine())));
        return findings;
    }

    private static Finding verdict(CreationRule rule, SopsEngine engine) {
        List<MasterKey> masterKeys = rule.keyGroups().stream().flatMap(List::stream).toList();
        Set<String> recipients = new LinkedHashSet<>(masterKeys.stream().map(MasterKey::identity).toList());
        Set<String> own = new TreeSet<>();
        for (MasterKey key : masterKeys) {
            Optional<Set<String>> known = engine.ownMasterKeys(key.kind());
            if (known.isEmpty()) {
                return Finding.ok(NAME, "not known without asking for a key; " + rule.origin() + " encrypts for "
                        + String.join(", ", recipients));
            }
            own.addAll(known.get());
        }
        Set<String> mine = new LinkedHashSet<>(
                masterKeys.stream().filter(key -> key.isOneOf(own)).map(MasterKey::identity).toList());
        if (!mine.isEmpty()) {
            return Finding.ok(NAME, String.join(", ", mine) + (recipients.size() == mine.size() ? ""
                    : ", beside " + (recipients.size() - mine.size()) + " other(s)"));
        }
        if (own.isEmpty()) {
            return Finding.notConfigured(NAME, "there is no identity here: what is saved for " + String.join(", ", recipients)
                    + " cannot be read again", "put the identity of one of these where the first checks looked for it");
        }
        return Finding.notConfigured(NAME, rule.origin() + " encrypts for " + String.join(", ", recipients) + " only",
                "add " + String.join(" or ", own) + " to the rule, or set auth.storage.sops.config-file to your own rules");
    }
}
