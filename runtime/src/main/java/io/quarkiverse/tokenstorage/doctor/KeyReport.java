package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * What is known of a key that a save would use.
 *
 * @param rule that names it: rules file and number, or the setting
 * @param group its key group, from 1
 * @param kind as in a document: {@code age}, {@code pgp}, {@code kms}, …
 * @param identity the recipient, fingerprint or ARN
 * @param encrypts whether data keys can be wrapped with it
 * @param decrypts whether this machine opens what was wrapped
 */
public record KeyReport(String rule, int group, String kind, String identity, Answer encrypts, Answer decrypts) {

    /** An answer that was found by trying. */
    public enum Answer {
        YES,
        NO,
        /** As soon as somebody enters the passphrase of the private key, who was not asked. */
        AFTER_PASSPHRASE,
        /** The {@code sops} program does it, or nothing could be wrapped. */
        NOT_TRIED
    }

    static List<KeyReport> of(Installation installation) {
        List<KeyReport> reports = new ArrayList<>();
        for (CreationRule rule : ApplicableRules.of(installation)) {
            for (int i = 0; i < rule.keyGroups().size(); i++) {
                for (MasterKey key : rule.keyGroups().get(i)) {
                    reports.add(of(rule, i + 1, key, installation));
                }
            }
        }
        return reports;
    }

    private static KeyReport of(CreationRule rule, int group, MasterKey key, Installation installation) {
        Answer encrypts = Answer.NOT_TRIED;
        Answer decrypts = Answer.NOT_TRIED;
        if (!installation.isExecutable()) {
            KeyTrial trial = installation.trials().of(key);
            encrypts = trial.encrypts() ? Answer.YES : Answer.NO;
            decrypts = trial.opening().map(KeyReport::answer).orElse(Answer.NOT_TRIED);
        }
        return new KeyReport(rule.origin(), group, key.kind().metadataName(), key.identity(), encrypts, decrypts);
    }

    private static Answer answer(KeyOpening.Result result) {
        return switch (result.outcome()) {
            case OPENS -> Answer.YES;
            case AFTER_PASSPHRASE -> Answer.AFTER_PASSPHRASE;
            case ELSEWHERE, FAILS, NOT_BUILT_IN -> Answer.NO;
        };
    }

    JsonObject toJson() {
        return JsonObject.builder().add("rule", rule).add("group", new JsonInteger(group)).add("kind", kind)
                .add("identity", identity).add("encrypts", encrypts.name().toLowerCase(Locale.ROOT))
                .add("decrypts", decrypts.name().toLowerCase(Locale.ROOT)).build();
    }
}
