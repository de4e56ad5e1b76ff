package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.MasterKey;

/**
 * Each key of the rule: whether a save can wrap with it, which it must with all of them, and whether this machine can open what
 * was wrapped, which is no fault as long as enough others can.
 */
final class RuleKeyCheck implements Check {

    static final String NAME = "Keys of the creation rule";

    @Override
    public List<Finding> examine(Installation installation) {
        List<CreationRule> rules = ApplicableRules.of(installation);
        if (rules.isEmpty()) {
            return List.of(Finding.skipped(NAME, "there is no creation rule to look at"));
        }
        List<Finding> findings = new ArrayList<>();
        for (CreationRule rule : rules) {
            String prefix = rules.size() > 1 ? rule.origin() + ", " : "";
            for (int i = 0; i < rule.keyGroups().size(); i++) {
                String group = rule.keyGroups().size() > 1 ? "group " + (i + 1) + ": " : "";
                for (MasterKey key : rule.keyGroups().get(i)) {
                    String name = prefix + group + key.kind().metadataName() + " " + key.identity() + ": ";
                    findings.add(installation.isExecutable()
                            ? Finding.ok(NAME, name + "left to the sops program, see 'Can encrypt/decrypt test value'")
                            : verdict(name, rule, installation.trials().of(key), installation));
                }
            }
        }
        return findings;
    }

    private static Finding verdict(String name, CreationRule rule, KeyTrial trial, Installation installation) {
        if (!trial.encrypts()) {
            TokenStorageException failure = trial.encryptionFailure().orElseThrow();
            KeyRemedy remedy = KeyRemedy.ofEncryption(trial.key().kind(), failure, rule.origin());
            String detail = name + "does not encrypt, so nothing can be saved: " + remedy.problem();
            return failure instanceof StorageNotConfiguredException ? Finding.notConfigured(NAME, detail, remedy.fix())
                    : Finding.fail(NAME, detail, remedy.fix());
        }
        KeyOpening.Result opening = trial.opening().orElseThrow();
        return switch (opening.outcome()) {
            case OPENS -> Finding.ok(NAME, name + "encrypts and decrypts");
            case AFTER_PASSPHRASE -> Passphrases.finding(NAME, name + "encrypts, and decrypts after its passphrase: "
                    + opening.reason(), opening.kind(), installation);
            case ELSEWHERE, FAILS, NOT_BUILT_IN -> closed(name, rule, opening, installation);
        };
    }

    private static Finding closed(String name, CreationRule rule, KeyOpening.Result opening,
            Installation installation) {
        KeyRemedy remedy = KeyRemedy.ofDecryption(opening, rule.origin());
        String detail = name + "encrypts, does not decrypt here: " + remedy.problem();
        boolean enough = installation.trials().groups(rule, Outcome.AFTER_PASSPHRASE) >= KeyTrials.needed(rule);
        if (!enough) {
            return Finding.fail(NAME, detail, remedy.fix());
        }
        return opening.outcome() == Outcome.ELSEWHERE
                ? Finding.ok(NAME, name + "encrypts; it decrypts elsewhere, and others decrypt here")
                : Finding.warn(NAME, detail + "; others do", remedy.fix());
    }
}
