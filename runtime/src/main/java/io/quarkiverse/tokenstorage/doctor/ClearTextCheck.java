package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;
import io.quarkiverse.tokenstorage.storage.TokenJson;

/** What a rule would leave in clear: never a token, better no metadata. */
final class ClearTextCheck implements Check {

    private static final String NAME = "Tokens encrypted by the rule";
    private static final List<String> OTHERS = List.of(TokenJson.TOKEN_TYPE, TokenJson.EXPIRES_AT, TokenJson.SCOPE,
            TokenJson.ISSUED_AT);

    @Override
    public List<Finding> examine(Installation installation) {
        List<CreationRule> rules = ApplicableRules.of(installation);
        if (rules.isEmpty()) {
            return List.of(Finding.skipped(NAME, "there is no creation rule to look at"));
        }
        List<Finding> findings = new ArrayList<>();
        rules.forEach(rule -> findings.add(verdict(installation, rule)));
        return findings;
    }

    private static Finding verdict(Installation installation, CreationRule rule) {
        try {
            return verdict(installation, rule, rule.selection());
        } catch (StorageNotConfiguredException e) {
            return Finding.notConfigured(NAME, e.getMessage(), "correct the rule");
        }
    }

    private static Finding verdict(Installation installation, CreationRule rule, ValueSelection selection) {
        String fix = "give the token directory a rule without " + rule.selector().map(Selector::kind)
                .map(Selector.Kind::fieldName).orElse("selector") + ", before this one";
        List<String> clearTokens = TokenJson.TOKENS.stream().filter(token -> !selection.selects(List.of(token))).toList();
        if (!clearTokens.isEmpty()) {
            return Finding.notConfigured(NAME, rule.origin() + " leaves in clear: " + String.join(", ", clearTokens), fix);
        }
        List<String> clearMetadata = new ClearMetadata(installation, selection).names();
        List<String> clear = OTHERS.stream().filter(member -> !selection.selects(List.of(member))).toList();
        return clearMetadata.isEmpty() ? Finding.ok(NAME, String.join(", ", TokenJson.TOKENS) + ", and all metadata"
                + (clear.isEmpty() ? "" : "; in clear, for whoever can read the file: " + String.join(", ", clear)))
                : Finding.warn(NAME, rule.origin() + " leaves metadata in clear: " + String.join(", ", clearMetadata), fix);
    }
}
