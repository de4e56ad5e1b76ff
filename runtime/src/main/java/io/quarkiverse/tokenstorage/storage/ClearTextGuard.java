package io.quarkiverse.tokenstorage.storage;

import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.ClearPaths;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * Holds a token store to its word: a creation rule whose selector leaves a token in clear is refused, where sops itself
 * would write it without a word. Other values in clear are worth one warning.
 */
final class ClearTextGuard {

    private static final Logger LOG = Logger.getLogger(ClearTextGuard.class);

    private final OneTimeWarnings warnings = new OneTimeWarnings();

    void refuseUnlessSelected(CreationRule rule, ValueSelection selection, List<String> tokenMembers) {
        for (String member : tokenMembers) {
            if (!selection.selects(List.of(member))) {
                throw new StorageNotConfiguredException(describe(rule) + " would leave " + member
                        + " in clear. Change the rule so that it encrypts access_token, refresh_token and id_token,"
                        + " or give the token directory a rule of its own before this one");
            }
        }
    }

    void warnOfMetadata(PreparedEncryption encryption, JsonObject document) {
        List<String> clear = ClearPaths.of(TokenJson.metadataAlone(document), encryption.selection()).stream()
                .map(PrintableText::of).distinct().toList();
        if (!clear.isEmpty() && warnings.isDue(encryption.rule().origin() + clear)) {
            LOG.warnf("%s leaves metadata of tokens in clear: %s", describe(encryption.rule()), String.join(", ", clear));
        }
    }

    static String describe(CreationRule rule) {
        Selector selector = rule.selector().orElse(Selector.DEFAULT);
        return rule.origin() + " (" + selector.kind().fieldName() + ": '" + PrintableText.of(selector.pattern()) + "')";
    }
}
