package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.OwnAccess.Certainty;
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
        OwnAccess access = OwnAccess.of(rule, engine);
        if (access.verdict() == Certainty.CLOSED && access.unlisted().isPresent()) {
            return Finding.fail(NAME, "not known for " + rule.origin() + ": " + access.unlisted().get(),
                    "mend that; nothing is saved by this rule before");
        }
        return access.groups().size() == 1 ? ofOne(rule, access) : ofSeveral(rule, access);
    }

    private static Finding ofOne(CreationRule rule, OwnAccess access) {
        OwnAccess.Group group = access.groups().get(0);
        String recipients = String.join(", ", group.keys());
        return switch (group.certainty()) {
            case UNKNOWN -> Finding.ok(NAME,
                    "not known without asking for a key; " + rule.origin() + " encrypts for " + recipients);
            case OPENS -> Finding.ok(NAME, String.join(", ", group.own()) + (group.keys().size() == group.own().size() ? ""
                    : ", beside " + (group.keys().size() - group.own().size()) + " other(s)"));
            case CLOSED -> access.ownKeys().isEmpty() ? noIdentity(recipients)
                    : Finding.notConfigured(NAME, rule.origin() + " encrypts for " + recipients + " only", "add "
                            + ownKeys(access) + " to the rule, or set auth.storage.sops.config-file to your own rules");
        };
    }

    private static Finding ofSeveral(CreationRule rule, OwnAccess access) {
        int open = access.count(Certainty.OPENS);
        String counts = "in " + open + " of " + access.groups().size() + " key groups, and " + access.needed() + " are needed";
        return switch (access.verdict()) {
            case OPENS -> Finding.ok(NAME, counts);
            case UNKNOWN -> Finding.ok(NAME, counts + "; of " + access.count(Certainty.UNKNOWN)
                    + " more it is not known without asking for a key");
            case CLOSED -> access.ownKeys().isEmpty() ? noIdentity(access.closedGroups())
                    : Finding.notConfigured(NAME, rule.origin() + ": " + counts + "; not in " + access.closedGroups(),
                            "add " + ownKeys(access)
                                    + " to as many groups, or set auth.storage.sops.config-file to your own rules");
        };
    }

    private static Finding noIdentity(String recipients) {
        return Finding.notConfigured(NAME, "there is no identity here: what is saved for " + recipients
                + " cannot be read again", "put the identity of one of these where the first checks looked for it");
    }

    private static String ownKeys(OwnAccess access) {
        return String.join(" or ", new TreeSet<>(access.ownKeys()));
    }
}
