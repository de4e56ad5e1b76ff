package io.quarkiverse.tokenstorage.sops;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.selector.InvalidSelectorException;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;

/**
 * What a new document is encrypted with: the creation rule of a {@code .sops.yaml} that matched its path, or the recipients
 * that the application configured.
 *
 * @param origin where this comes from, for people: file and number of the rule, or the name of the setting
 * @param keyGroups the master keys; at least one group, none empty
 * @param shamirThreshold how many groups are needed to decrypt; 0 if not given
 * @param selector which values are encrypted; empty means {@link Selector#DEFAULT}
 * @param macOnlyEncrypted whether the message authentication code covers encrypted values only
 * @param indent the spaces of an indentation level in the output, 0 for line breaks only, -1 for a tab
 * @param lookup how it was found; empty if the application configured it, so that no rules file and no variable counts
 */
public record CreationRule(String origin, List<List<MasterKey>> keyGroups, int shamirThreshold, Optional<Selector> selector,
        boolean macOnlyEncrypted, int indent, Optional<RuleLookup> lookup) {

    public CreationRule {
        keyGroups = keyGroups.stream().map(List::copyOf).toList();
    }

    /** A rule that the application configured. */
    public CreationRule(String origin, List<List<MasterKey>> keyGroups, int shamirThreshold, Optional<Selector> selector,
            boolean macOnlyEncrypted, int indent) {
        this(origin, keyGroups, shamirThreshold, selector, macOnlyEncrypted, indent, Optional.empty());
    }

    public CreationRule foundBy(RuleLookup newLookup) {
        return new CreationRule(origin, keyGroups, shamirThreshold, selector, macOnlyEncrypted, indent,
                Optional.of(newLookup));
    }

    CreationRule withShamirThreshold(int threshold) {
        return new CreationRule(origin, keyGroups, threshold, selector, macOnlyEncrypted, indent, lookup);
    }

    /**
     * Which values of a document this rule has encrypted; no key is asked for that.
     *
     * @throws StorageNotConfiguredException if its selector is no RE2 expression
     */
    public ValueSelection selection() {
        return compiledSelector();
    }

    CompiledSelector compiledSelector() {
        try {
            return CompiledSelector.compile(selector.orElse(Selector.DEFAULT));
        } catch (InvalidSelectorException e) {
            throw new StorageNotConfiguredException(origin + ": " + e.getMessage());
        }
    }
}
