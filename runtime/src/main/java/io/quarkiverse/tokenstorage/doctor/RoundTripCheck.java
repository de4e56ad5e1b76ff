package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.TokenJson;

/** Encrypts a value as a token would be and reads it back, in memory. */
final class RoundTripCheck implements Check {

    private static final String NAME = "Can encrypt/decrypt test value";
    private static final String NOT_DECRYPTED = "encrypted, but not decrypted: ";

    @Override
    public List<Finding> examine(Installation installation) {
        return List.of(installation.sops().map(sops -> examine(installation, sops, installation.ruleTargets().get(0)))
                .orElseGet(() -> Finding.skipped(NAME, Installation.NOT_ENCRYPTED)));
    }

    private static Finding examine(Installation installation, SopsSetup sops, Path target) {
        CreationRule rule;
        try {
            rule = sops.rules().ruleFor(target);
        } catch (StorageNotConfiguredException e) {
            return RulesFix.withoutRulesFile(NAME, installation).orElseGet(() -> Finding.notConfigured(NAME,
                    "there is no creation rule for it", "see '" + CreationRuleCheck.NAME + "'"));
        }
        // What a key alone has shown to fail would only take its time once more
        return (installation.isExecutable() ? Optional.<Finding> empty() : foreseen(installation, rule))
                .orElseGet(() -> bounded(installation, rule, target));
    }

    private static Optional<Finding> foreseen(Installation installation, CreationRule rule) {
        KeyTrials trials = installation.trials();
        Optional<KeyTrial> obstacle = trials.obstacle(rule);
        if (obstacle.isPresent()) {
            TokenStorageException failure = obstacle.get().encryptionFailure().orElseThrow();
            KeyRemedy remedy = KeyRemedy.ofEncryption(obstacle.get().key().kind(), failure, rule.origin());
            return Optional.of(failure instanceof StorageNotConfiguredException
                    ? Finding.notConfigured(NAME, remedy.problem(), remedy.fix())
                    : Finding.fail(NAME, remedy.problem(), remedy.fix()));
        }
        if (trials.groups(rule, Outcome.OPENS) >= KeyTrials.needed(rule)
                || trials.groups(rule, Outcome.AFTER_PASSPHRASE) < KeyTrials.needed(rule)) {
            return Optional.empty();
        }
        return trials.locked(rule).map(locked -> Passphrases.finding(NAME, "encrypted; decrypting takes a passphrase, which is"
                + " not asked for here", locked.key().kind(), installation));
    }

    private static Finding bounded(Installation installation, CreationRule rule, Path target) {
        Patience.Answer<Finding> answer = installation.patience().ask(List.of(target),
                file -> encrypted(installation, rule, file)).get(target);
        return answer.value()
                .orElseGet(() -> Finding.fail(NAME, "no answer from " + (installation.isExecutable() ? "the sops program"
                        : "gpg, AWS KMS or what prints identities") + " within " + installation.patience().longest().toSeconds()
                        + " s",
                        "see 'Keys of the creation rule', and try again"));
    }

    private static Finding encrypted(Installation installation, CreationRule rule, Path target) {
        SopsSetup sops = installation.sops().orElseThrow();
        JsonObject plain = JsonObject.builder().add(TokenJson.ACCESS_TOKEN, "test value").build();
        byte[] encrypted;
        try (PreparedEncryption encryption = sops.engine().prepare(rule)) {
            encrypted = encryption.encrypt(plain);
        } catch (StorageNotConfiguredException e) {
            return Finding.notConfigured(NAME, e.getMessage(), RulesFix.of(installation, e));
        } catch (TokenStorageException e) {
            return Finding.fail(NAME, e.getMessage(), "see the checks below");
        }
        return decrypted(sops, encrypted, plain, target);
    }

    private static Finding decrypted(SopsSetup sops, byte[] encrypted, JsonObject plain, Path target) {
        try {
            return sops.engine().decrypt(encrypted, "the test value").equals(plain)
                    ? Finding.ok(NAME, "as " + target.getFileName())
                    : Finding.fail(NAME, "the value came back changed", "please report this");
        } catch (StorageNotConfiguredException e) {
            return Finding.notConfigured(NAME, NOT_DECRYPTED + e.getMessage(), "correct the setting");
        } catch (DataKeyUnavailableException e) {
            return Finding.fail(NAME, NOT_DECRYPTED + e.getMessage(),
                    "add your own recipient to the rule, or the identity to where it is looked for");
        } catch (TokenStorageException e) {
            return Finding.fail(NAME, e.getMessage(), "see the checks below");
        }
    }
}
