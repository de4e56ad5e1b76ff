package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * The attempt to open one entry: with the identities at hand, then with what has come to their places meanwhile, then with
 * those that take a passphrase or a program, as far as one of them may be for this entry. For one use.
 */
final class EntryOpening {

    private final KeyEntry entry;
    private final byte[] file;
    private final IdentityKeyring keyring;
    private final IdentityLoader loader;
    private final IdentityUnlocking unlocking;
    private final Set<String> tried = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private List<IdentitySourceStatus> sources = List.of();

    /** @param file the entry without its armor */
    EntryOpening(KeyEntry entry, byte[] file, IdentityKeyring keyring, IdentityLoader loader, IdentityUnlocking unlocking) {
        this.entry = entry;
        this.file = file;
        this.keyring = keyring;
        this.loader = loader;
        this.unlocking = unlocking;
    }

    /**
     * @return empty if no identity fits; see {@link #problems}
     * @throws GeneralSecurityException if the file is damaged
     * @throws DataKeyUnavailableException if somebody was asked for a passphrase and did not know it
     */
    Optional<DataKey> open() throws GeneralSecurityException {
        Optional<DataKey> dataKey = openUnattended();
        if (dataKey.isPresent()) {
            return dataKey;
        }
        List<RecipientStanza> stanzas = AgeFile.stanzas(file);
        if (has(stanzas, SshPublicKey.ED25519, SshPublicKey.RSA)) {
            loader.runSshCommand(entry.identity(), tried).ifPresent(problems::add);
        }
        if (has(stanzas, X25519WrapKey.STANZA_TYPE, HybridRecipient.STANZA_TYPE)) {
            loader.runCommand(entry.identity(), tried).ifPresent(problems::add);
        }
        dataKey = openAtHand();
        return dataKey.isPresent() ? dataKey : openLocked(stanzas);
    }

    /** Opens it, if that takes neither a passphrase nor a program. */
    Optional<DataKey> openUnattended() throws GeneralSecurityException {
        Optional<DataKey> dataKey = openAtHand();
        if (dataKey.isPresent()) {
            return dataKey;
        }
        sources = loader.load();
        sources.forEach(source -> problems.addAll(source.problems()));
        return openAtHand();
    }

    private static boolean has(List<RecipientStanza> stanzas, String... types) {
        return stanzas.stream().map(RecipientStanza::getType).anyMatch(Arrays.asList(types)::contains);
    }

    /** With the identities that were not tried yet. */
    private Optional<DataKey> openAtHand() throws GeneralSecurityException {
        try {
            return Optional.of(keyring.use(tried, entry.identity(), identities -> {
                if (identities.isEmpty()) {
                    throw new UnsupportedRecipientStanzaException("No identity");
                }
                identities.forEach(identity -> tried.add(identity.recipient()));
                return DataKey.owning(AgeFile.decrypt(file, new IdentityStanzaReader(identities)));
            }));
        } catch (UnsupportedRecipientStanzaException e) {
            return Optional.empty();
        }
    }

    private Optional<DataKey> openLocked(List<RecipientStanza> stanzas) throws GeneralSecurityException {
        for (IdentityKeyring.Content content : keyring.locked()) {
            LockedIdentities locked = content.locked().orElseThrow();
            if (locked.mayOpen(stanzas)) {
                unlock(content, locked);
                Optional<DataKey> dataKey = openAtHand();
                if (dataKey.isPresent()) {
                    return dataKey;
                }
            }
        }
        return Optional.empty();
    }

    private void unlock(IdentityKeyring.Content content, LockedIdentities locked) throws GeneralSecurityException {
        byte[] plain = {};
        try {
            plain = unlocking.open(locked, content.hash());
            IdentityText text = locked.read(plain);
            keyring.addUnlocked(content, text);
            text.unusable().forEach(problem -> problems.add(locked.label() + ": " + problem));
        } catch (LockedIdentityException e) {
            if (e.wasAsked()) {
                // As age does: whoever mistyped wants to try again, not to be told of other identities
                throw new DataKeyUnavailableException("age: " + e.getMessage());
            }
            problems.add(e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(locked.label() + ": " + e.getMessage());
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The recipients whose identities were tried. */
    Set<String> tried() {
        return tried;
    }

    /** Where identities were looked for. */
    List<IdentitySourceStatus> sources() {
        return sources;
    }

    /** What stood in the way, in words for people. */
    List<String> problems() {
        return problems;
    }
}
