package io.quarkiverse.tokenstorage.sops.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.CreationRuleSource;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;

/**
 * Encrypts every document for the age recipients that the application configured; no rules file is asked. Everything but
 * members that end in {@code _unencrypted} is encrypted.
 */
public final class RecipientsSource implements CreationRuleSource {

    private final CreationRule rule;

    /**
     * @param recipients one each, or several separated by commas; at least one
     * @param origin the name of the setting, for messages
     * @param age the key service for age
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if a recipient is malformed, or there is none
     */
    public RecipientsSource(List<String> recipients, String origin, KeyService age) {
        List<KeyDescription> keys = recipients.stream().flatMap(text -> KeyText.split(text, false).stream())
                .map(text -> KeyText.describe(KeyKind.AGE, text, Optional.empty())).toList();
        List<List<MasterKey>> groups = new MasterKeys(List.of(age)).of(List.of(keys), origin);
        this.rule = new CreationRule(origin, groups, 0, Optional.empty(), false, RulesFile.TAB);
    }

    @Override
    public CreationRule ruleFor(Path target) {
        return rule;
    }
}
