package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.OwnAccess.Certainty;
import io.quarkiverse.tokenstorage.sops.SopsEngine;

/** Whether what is saved can be read again: whether an own identity is among the recipients. */
final class OwnRecipientCheck implements Check {

    private static final String NAME = "Own identity among the recipients";

    @Override
    public List<Finding> examine(Installation installation) {
        List<CreationRule> rules = ApplicableRules.of(installation);
        if (rules.isEmpty()) {
            return List.of(Finding.skipped(NAME, "there is no creation rule to look at"));
        }
        return rules.stream().map(rule -> verdict(installation, rule)).toList();
    }

    private static Finding verdict(Installation installation, CreationRule rule) {
        Optional<KeyTrials> trials = installation.isExecutable() ? Optional.empty() : Optional.of(installation.trials());
        if (trials.flatMap(all -> all.obstacle(rule)).flatMap(KeyTrial::encryptionFailure)
                .filter(NoAnswerException.class::isInstance).isPresent()) {
            return Finding.skipped(NAME, "not asked, for 'Keys of the creation rule' got no answer");
        }
        OwnAccess known = known(installation, rule);
        if (known.verdict() == Certainty.CLOSED && known.unlisted().isPresent()) {
            return Finding.fail(NAME, "not known for " + rule.origin() + ": " + known.unlisted().get(),
                    "mend that; nothing is saved by this rule before");
        }
        OwnAccess access = trials.filter(all -> all.obstacle(rule).isEmpty()).map(all -> tried(all, rule, known)).orElse(known);
        if (access.verdict() == Certainty.CLOSED) {
            Optional<KeyTrial> failing = trials.flatMap(all -> all.failing(rule));
            if (failing.isPresent()) {
                return failing(failing.get(), rule);
            }
        }
        return access.groups().size() == 1 ? ofOne(rule, access) : ofSeveral(rule, access);
    }

    /** What is known without trying; it may take a run of gpg. */
    private static OwnAccess known(Installation installation, CreationRule rule) {
        SopsEngine engine = installation.sops().orElseThrow().engine();
        return installation.patience().ask(List.of(rule), asked -> OwnAccess.of(asked, engine)).get(rule).value()
                .orElseGet(() -> new OwnAccess(rule.keyGroups().stream().map(group -> group(group, Certainty.UNKNOWN, Set.of()))
                        .toList(), KeyTrials.needed(rule), Set.of(), Optional.empty()));
    }

    /** What trying the keys has shown. */
    private static OwnAccess tried(KeyTrials trials, CreationRule rule, OwnAccess known) {
        List<OwnAccess.Group> groups = new ArrayList<>();
        for (List<MasterKey> group : rule.keyGroups()) {
            Set<String> own = new LinkedHashSet<>();
            boolean locked = false;
            for (MasterKey key : group) {
                KeyTrial trial = trials.of(key);
                locked |= trial.is(Outcome.AFTER_PASSPHRASE);
                if (trial.is(Outcome.OPENS)) {
                    own.add(key.identity());
                }
            }
            groups.add(group(group, !own.isEmpty() ? Certainty.OPENS : locked ? Certainty.UNKNOWN : Certainty.CLOSED, own));
        }
        return new OwnAccess(groups, known.needed(), known.ownKeys(), known.unlisted());
    }

    private static OwnAccess.Group group(List<MasterKey> masterKeys, Certainty certainty, Set<String> own) {
        Set<String> keys = new LinkedHashSet<>();
        masterKeys.forEach(key -> keys.add(key.identity()));
        return new OwnAccess.Group(certainty, keys, own);
    }

    private static Finding failing(KeyTrial trial, CreationRule rule) {
        KeyRemedy remedy = KeyRemedy.ofDecryption(trial.opening().orElseThrow(), rule.origin());
        return Finding.fail(NAME, "what is saved by " + rule.origin() + " cannot be read here: " + remedy.problem(),
                remedy.fix());
    }

    private static Finding ofOne(CreationRule rule, OwnAccess access) {
        OwnAccess.Group group = access.groups().get(0);
        String recipients = String.join(", ", group.keys());
        return switch (group.certainty()) {
            case UNKNOWN -> Finding.ok(NAME,
                    "not known without asking for a key or a passphrase; " + rule.origin() + " encrypts for " + recipients);
            case OPENS -> Finding.ok(NAME, String.join(", ", group.own()) + (group.keys().size() == group.own().size() ? ""
                    : ", beside " + (group.keys().size() - group.own().size()) + " other(s)"));
            case CLOSED -> access.ownKeys().isEmpty() ? noIdentity(recipients)
                    : Finding.notConfigured(NAME, rule.origin() + " encrypts for " + recipients + " only",
                            fix(rule, recipients, access));
        };
    }

    private static String fix(CreationRule rule, String recipients, OwnAccess access) {
        return rule.lookup().isEmpty()
                ? "add " + ownKeys(access) + " to " + rule.origin()
                        + ", or let auth.storage.sops.age.key-file name the identity of "
                        + recipients
                : "add " + ownKeys(access) + " to the rule, or set auth.storage.sops.config-file to your own rules";
    }

    private static Finding ofSeveral(CreationRule rule, OwnAccess access) {
        int open = access.count(Certainty.OPENS);
        String counts = "in " + open + " of " + access.groups().size() + " key groups, and " + access.needed() + " are needed";
        return switch (access.verdict()) {
            case OPENS -> Finding.ok(NAME, counts);
            case UNKNOWN -> Finding.ok(NAME, counts + "; of " + access.count(Certainty.UNKNOWN)
                    + " more it is not known without asking for a key or a passphrase");
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
