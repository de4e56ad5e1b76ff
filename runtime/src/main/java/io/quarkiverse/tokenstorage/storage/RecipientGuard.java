package io.quarkiverse.tokenstorage.storage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.PrintableText;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/**
 * Watches whom tokens are encrypted for. Rules are searched from the working directory upwards, so the rules of a foreign
 * repository can apply: their recipients could read the tokens, and we could not.
 */
final class RecipientGuard {

    private static final Logger LOG = Logger.getLogger(RecipientGuard.class);
    private static final int LONGEST_LIST = 2000;

    private final SopsEngine engine;

    RecipientGuard(SopsEngine engine) {
        this.engine = engine;
    }

    /**
     * Refuses a rule none of whose keys is our own. A process without any identity may write for others: it needs public
     * keys only.
     */
    void refuseStrangers(CreationRule rule) {
        Set<String> own = new TreeSet<>();
        Set<String> recipients = recipientsOf(rule);
        for (KeyKind kind : kindsOf(rule)) {
            Optional<Set<String>> known = engine.ownMasterKeys(kind);
            if (known.isEmpty()) {
                return;
            }
            own.addAll(known.get());
        }
        if (!own.isEmpty() && masterKeysOf(rule).noneMatch(key -> key.isOneOf(own))) {
            throw new StorageNotConfiguredException(rule.origin() + " encrypts for " + String.join(", ", recipients)
                    + ", and no key of this user is among them: the tokens could be read by others and not by us."
                    + " Add one of " + String.join(", ", own) + " to the rule, or set auth.storage.sops.config-file to the"
                    + " rules file that is meant");
        }
    }

    /** Warns if the new document has other recipients than the one that it replaces. */
    void warnOfChange(CreationRule rule, StoredDocument replaced) {
        List<KeyEntry> before = new ArrayList<>();
        try {
            SopsDocument.parse(replaced.content(), replaced.location()).metadata().keyGroups()
                    .forEach(group -> before.addAll(group.entries()));
        } catch (DamagedDocumentException e) {
            return;
        }
        List<MasterKey> after = rule.keyGroups().stream().flatMap(List::stream).toList();
        Set<String> added = new LinkedHashSet<>();
        after.stream().filter(key -> before.stream().noneMatch(key::isKeyOf)).forEach(key -> added.add(key.identity()));
        Set<String> removed = new LinkedHashSet<>();
        before.stream().filter(entry -> after.stream().noneMatch(key -> key.isKeyOf(entry)))
                .forEach(entry -> removed.add(entry.identity()));
        if (!added.isEmpty() || !removed.isEmpty()) {
            LOG.warnf("%s is saved with other recipients than before, as %s says:%s%s", replaced.location(), rule.origin(),
                    added.isEmpty() ? "" : " added " + listed(added), removed.isEmpty() ? "" : " removed " + listed(removed));
        }
    }

    /** What stands in the file may be of any length, and meant to look like further lines of the log. */
    private static String listed(Set<String> recipients) {
        return PrintableText.of(String.join(", ", recipients), LONGEST_LIST);
    }

    private static Set<String> recipientsOf(CreationRule rule) {
        Set<String> recipients = new LinkedHashSet<>();
        masterKeysOf(rule).map(MasterKey::identity).forEach(recipients::add);
        return recipients;
    }

    private static Stream<MasterKey> masterKeysOf(CreationRule rule) {
        return rule.keyGroups().stream().flatMap(List::stream);
    }

    private static Set<KeyKind> kindsOf(CreationRule rule) {
        Set<KeyKind> kinds = new LinkedHashSet<>();
        masterKeysOf(rule).map(MasterKey::kind).forEach(kinds::add);
        return kinds;
    }
}
