package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.RuleLookup;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.SopsMetadata;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/**
 * Watches whom tokens are encrypted for. Rules are searched from the working directory upwards, so the rules of a foreign
 * repository can apply: their recipients could read the tokens, and we could not.
 */
final class RecipientGuard {

    private static final Logger LOG = Logger.getLogger(RecipientGuard.class);
    private static final int LONGEST_LIST = 2000;

    private final SopsEngine engine;
    private final AgeKeyService age;
    private final OneTimeWarnings warnings = new OneTimeWarnings();

    RecipientGuard(SopsSetup sops) {
        this.engine = sops.engine();
        this.age = sops.age();
    }

    /**
     * Refuses a rule of whose key groups too few can be opened with our own keys. A process without any identity may write
     * for others, for that takes public keys only; it is warned once. One whose identity file cannot be read was meant to read.
     *
     * @throws StorageNotConfiguredException if it is such a rule, or there are only identity files that cannot be read
     * @throws StorageAccessException if it may be one, as own keys could not be listed
     */
    void refuseStrangers(CreationRule rule) {
        refuseStrangers(rule, OwnAccess.of(rule, engine));
    }

    /** The same for a document whose keys are updated: it keeps its threshold, whatever the rule says. */
    void refuseStrangers(CreationRule rule, KeyDifference update) {
        OwnAccess access = OwnAccess.afterUpdate(update, rule, engine);
        if (access.verdict() == OwnAccess.Certainty.CLOSED && OwnAccess.of(rule, engine).verdict() != access.verdict()) {
            throw new StorageNotConfiguredException("Updating keys keeps the threshold of the file, so " + access.needed()
                    + " of the " + access.groups().size() + " key groups of " + rule.origin() + " would be needed, and the keys"
                    + " of this user open only " + access.count(OwnAccess.Certainty.OPENS) + ": the token could be read by"
                    + " others and not by us. Run 'secrets rotate' instead: it applies the shamir_threshold of the rule");
        }
        refuseStrangers(rule, access);
    }

    private void refuseStrangers(CreationRule rule, OwnAccess access) {
        if (access.verdict() != OwnAccess.Certainty.CLOSED) {
            return;
        }
        if (access.unlisted().isPresent()) {
            throw new StorageAccessException("Whether we could read what " + rule.origin() + " encrypts is not known, so"
                    + " nothing is saved: " + access.unlisted().get());
        }
        List<String> unreadable = unreadableIdentityFiles();
        if (access.ownKeys().isEmpty()) {
            if (!unreadable.isEmpty()) {
                throw new StorageNotConfiguredException(withoutIdentity(rule, access, unreadable));
            }
            if (warnings.isDue("without identity: " + rule.origin())) {
                LOG.warn(withoutIdentity(rule, access, unreadable));
            }
            return;
        }
        String own = listed(new TreeSet<>(access.ownKeys()));
        if (access.groups().size() == 1) {
            throw new StorageNotConfiguredException(rule.origin() + " encrypts for "
                    + listed(access.groups().get(0).keys())
                    + ", and no key of this user is among them: the tokens could be read by others and not by us."
                    + (rule.lookup().isEmpty()
                            ? " Add one of " + own + " to " + rule.origin() + ", or let auth.storage.sops.age.key-file name"
                                    + " the file with the identity of one of them"
                            : " Add one of " + own + " to the rule, or set auth.storage.sops.config-file to the rules file"
                                    + " that is meant")
                    + (unreadable.isEmpty() ? "" : ". Not readable: " + listed(unreadable)));
        }
        throw new StorageNotConfiguredException(rule.origin() + " encrypts for " + access.groups().size()
                + " key groups of which "
                + access.needed() + " are needed, and the keys of this user open only "
                + access.count(OwnAccess.Certainty.OPENS)
                + ": the tokens could be read by others and not by us. Not opened are "
                + access.closedGroups() + ". Add one of " + own + " to as many groups, or set auth.storage.sops.config-file to"
                + " the rules file that is meant");
    }

    /**
     * Refuses a rule for whose documents no own key is known at all. To save, that is no reason: a process may write for
     * others. But it is not one that can read what it writes.
     */
    void requireOwnKey(CreationRule rule) {
        OwnAccess access = OwnAccess.of(rule, engine);
        if (access.verdict() == OwnAccess.Certainty.CLOSED && access.ownKeys().isEmpty()) {
            throw new StorageNotConfiguredException(withoutIdentity(rule, access, unreadableIdentityFiles()));
        }
    }

    private static String withoutIdentity(CreationRule rule, OwnAccess access, List<String> unreadable) {
        String recipients = listed(access.groups().get(0).keys());
        return unreadable.isEmpty()
                ? rule.origin() + " encrypts for " + recipients + ", and there is no identity here to read such tokens again:"
                        + " set auth.storage.sops.age.key-file, or provide one where sops looks for it"
                : rule.origin() + " encrypts for " + recipients + ", and the identity to read such tokens again is missing: "
                        + listed(unreadable) + ". Make the file readable for this process, or correct the path";
    }

    /** Those that are named or there; SSH keys lie around for other purposes. */
    private List<String> unreadableIdentityFiles() {
        return age.identitySources().stream()
                .filter(source -> source.state() == IdentitySourceStatus.State.FAULTY && !source.sshKey())
                .flatMap(source -> source.problems().stream()).toList();
    }

    /**
     * Warns if a first document is written for keys that may be those of other people, by rules that nobody named: they were
     * found from the working directory. Later ones are compared with the first. Once for each rule.
     */
    void warnOfOthers(CreationRule rule, Path target) {
        if (rule.lookup().filter(RuleLookup::chosenByWorkingDirectory).isEmpty()) {
            return;
        }
        Set<String> others = new LinkedHashSet<>();
        OwnAccess.of(rule, engine).groups().forEach(group -> {
            others.addAll(group.keys());
            others.removeAll(group.own());
        });
        if (!others.isEmpty() && warnings.isDue(rule.origin() + others)) {
            LOG.warnf("%s is saved for keys that are not known to be yours: %s. %s names them, which was found from the working"
                    + " directory; if it is meant, set auth.storage.sops.config-file to it", target, listed(others),
                    rule.origin());
        }
    }

    /** Warns if the new document has other recipients than the one that it replaces, or other groups of them. */
    void warnOfChange(CreationRule rule, StoredDocument replaced) {
        SopsMetadata before;
        try {
            before = SopsDocument.parse(replaced.content(), replaced.location()).metadata();
        } catch (DamagedDocumentException e) {
            return;
        }
        List<KeyEntry> entries = before.keyGroups().stream().flatMap(group -> group.entries().stream()).toList();
        List<MasterKey> keys = rule.keyGroups().stream().flatMap(List::stream).toList();
        Set<String> added = added(keys, entries);
        Set<String> removed = removed(keys, entries);
        if (!added.isEmpty() || !removed.isEmpty()) {
            LOG.warnf("%s is saved with other recipients than before, as %s says:%s%s", replaced.location(), rule.origin(),
                    added.isEmpty() ? "" : " added " + listed(added), removed.isEmpty() ? "" : " removed " + listed(removed));
        }
        String was = sharing(before.keyGroups().size(), before.shamirThreshold());
        String is = sharing(rule.keyGroups().size(), rule.shamirThreshold());
        if (!was.equals(is)) {
            LOG.warnf("%s is saved with its data key %s, as %s says; before it was %s", replaced.location(), is, rule.origin(),
                    was);
        } else if (added.isEmpty() && removed.isEmpty() && !sameGroups(rule, before)) {
            LOG.warnf("%s is saved with its recipients in other key groups than before, as %s says", replaced.location(),
                    rule.origin());
        }
    }

    private static Set<String> added(List<MasterKey> keys, List<KeyEntry> before) {
        return keys.stream().filter(key -> before.stream().noneMatch(key::isKeyOf)).map(MasterKey::identity)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> removed(List<MasterKey> keys, List<KeyEntry> before) {
        return before.stream().filter(entry -> keys.stream().noneMatch(key -> key.isKeyOf(entry))).map(KeyEntry::identity)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @param before with as many groups as the rule */
    private static boolean sameGroups(CreationRule rule, SopsMetadata before) {
        return IntStream.range(0, rule.keyGroups().size()).allMatch(i -> {
            List<KeyEntry> entries = before.keyGroups().get(i).entries();
            return added(rule.keyGroups().get(i), entries).isEmpty() && removed(rule.keyGroups().get(i), entries).isEmpty();
        });
    }

    private static String sharing(int groups, int threshold) {
        return groups == 1 ? "in one key group"
                : "split over " + groups + " key groups of which " + OwnAccess.needed(groups, threshold) + " are needed";
    }

    /** What stands in the file may be of any length, and meant to look like further lines of the log. */
    private static String listed(Collection<String> recipients) {
        return PrintableText.of(String.join(", ", recipients), LONGEST_LIST);
    }
}
