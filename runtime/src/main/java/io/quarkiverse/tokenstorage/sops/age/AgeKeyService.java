package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyNotBuiltInException;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * The age keys of SOPS: X25519, post-quantum and SSH. Identities are read when the first document has to be opened, and again
 * each time none of those at hand fits, so a key that is added later is found; programs run, and passphrases are asked for,
 * only if nothing else fits. Thread-safe.
 */
public final class AgeKeyService implements KeyService {

    private static final String KEY_FILE_SETTING = "auth.storage.sops.age.key-file";

    private final AgeRecipients recipients;
    private final IdentityKeyring keyring;
    private final IdentityLoader loader;
    private final IdentityUnlocking unlocking;

    /** For a process that has nobody to ask for a passphrase. */
    public AgeKeyService(HostEnvironment environment, Optional<Path> keyFile, X25519 x25519, SecureRandom random) {
        this(environment, keyFile, x25519, random, IdentityUnlocking.unattended());
    }

    /**
     * @param environment variables and home, where sops looks for identities
     * @param keyFile a further identity file; may be empty
     * @param x25519 what computes, for instance {@link FastestX25519#detect()}
     * @param random for the ephemeral keys of wrapping
     * @param unlocking asks for passphrases; may be shared, and is not closed with this
     */
    public AgeKeyService(HostEnvironment environment, Optional<Path> keyFile, X25519 x25519, SecureRandom random,
            IdentityUnlocking unlocking) {
        this.recipients = new AgeRecipients(Objects.requireNonNull(x25519, "x25519"),
                Objects.requireNonNull(random, "random"));
        this.keyring = new IdentityKeyring(x25519);
        this.unlocking = Objects.requireNonNull(unlocking, "unlocking");
        this.loader = new IdentityLoader(environment, keyFile, keyring, unlocking);
    }

    @Override
    public KeyKind kind() {
        return KeyKind.AGE;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        String recipient = description.get(AgeMasterKey.RECIPIENT).filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value()).orElse("").strip();
        try {
            return recipients.masterKey(recipient);
        } catch (IllegalArgumentException e) {
            String message = where + ": " + e.getMessage();
            throw AgeRecipient.of(recipient) == AgeRecipient.PLUGIN ? new KeyNotBuiltInException(message)
                    : new StorageNotConfiguredException(message);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws DamagedDocumentException if the entry is not intact, or is for an identity at hand and does not open with it
     */
    @Override
    public DataKey unwrap(KeyEntry entry) {
        loader.refresh();
        byte[] file;
        try {
            file = AgeArmor.decode(entry.enc());
        } catch (IllegalArgumentException e) {
            throw damaged(entry, e.getMessage());
        }
        EntryOpening opening = new EntryOpening(entry, file, keyring, loader, unlocking);
        try {
            Optional<DataKey> dataKey = opening.open();
            if (dataKey.isPresent()) {
                return dataKey.get();
            }
        } catch (GeneralSecurityException e) {
            throw damaged(entry, "it is cut off or was changed");
        }
        if (opening.tried().contains(AgeRecipients.withoutComment(entry.identity()))) {
            throw damaged(entry, "it does not open with the identity it is for");
        }
        throw new DataKeyUnavailableException(unavailable(entry, opening));
    }

    @Override
    public Optional<DataKey> unwrapAtHand(KeyEntry entry) {
        loader.refresh();
        try {
            return new EntryOpening(entry, AgeArmor.decode(entry.enc()), keyring, loader, unlocking).openUnattended();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** {@inheritDoc} It may ask where a program prints identities, or some are under a passphrase. */
    @Override
    public boolean unwrapsAtHand() {
        return !loader.hasCommand()
                && loader.load().stream().noneMatch(source -> source.state() == IdentitySourceStatus.State.LOCKED);
    }

    /**
     * The recipients of the identities that are in variables and files now; an empty set if there are none. Not known while
     * {@code SOPS_AGE_KEY_CMD} or {@code SOPS_AGE_SSH_PRIVATE_KEY_CMD} is set, for the program may ask a person and is not run
     * for this; nor while an identity file is under a passphrase.
     */
    @Override
    public Optional<Set<String>> ownMasterKeys() {
        if (loader.hasCommand()) {
            return Optional.empty();
        }
        Set<String> own = new HashSet<>();
        for (IdentitySourceStatus source : loader.current()) {
            if (source.state() == IdentitySourceStatus.State.LOCKED && source.recipients().isEmpty()) {
                return Optional.empty();
            }
            own.addAll(source.recipients());
        }
        return Optional.of(Set.copyOf(own));
    }

    /** {@inheritDoc} It is another one when a file with identities appears, changes or is gone. */
    @Override
    public Object identityState() {
        return loader.state();
    }

    /** Looks at all places of identities afresh and tells what is there, for a diagnosis. Runs no program. */
    public List<IdentitySourceStatus> identitySources() {
        return List.copyOf(loader.load());
    }

    @Override
    public void close() {
        keyring.close();
    }

    private static String unavailable(KeyEntry entry, EntryOpening opening) {
        String places = opening.sources().stream()
                .map(source -> source.file().map(Path::toString).orElse(source.name())).distinct()
                .collect(Collectors.joining(", "));
        // What is wrong comes first, for long messages are cut
        StringBuilder message = new StringBuilder("age: ")
                .append(opening.tried().isEmpty() ? "no identity at hand for the recipient"
                        : "no identity matched the recipient");
        opening.problems().forEach(problem -> message.append("; ").append(problem));
        message.append(" (looked in ").append(places).append("): ").append(remedy(entry, opening.sources()));
        return message.toString();
    }

    /** Where a file is configured, that is the setting in use. */
    private static String remedy(KeyEntry entry, List<IdentitySourceStatus> sources) {
        String remedy = AgeRecipient.of(entry.identity()).remedy();
        return sources.stream().anyMatch(source -> source.name().equals(IdentitySources.CONFIGURED_FILE))
                ? remedy.replace(IdentityVariables.AGE_KEY_FILE, KEY_FILE_SETTING)
                : remedy;
    }

    private static DamagedDocumentException damaged(KeyEntry entry, String reason) {
        return new DamagedDocumentException("The age entry for " + AgeRecipients.shown(entry.identity()) + " is damaged: "
                + reason + "; restore the file from a copy, or log in again");
    }
}
