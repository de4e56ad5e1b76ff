package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.DataKey;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;

/**
 * The age keys of SOPS, for X25519 recipients. Identities are read when the first document has to be opened, and again each
 * time none of those at hand fits, so a key that is added later is found; {@code SOPS_AGE_KEY_CMD} runs only if nothing else
 * fits. Thread-safe.
 */
public final class AgeKeyService implements KeyService {

    private final X25519 x25519;
    private final SecureRandom random;
    private final IdentityKeyring keyring;
    private final IdentityLoader loader;

    /**
     * @param environment variables and home, where sops looks for identities
     * @param keyFile a further identity file; may be empty
     * @param x25519 what computes, for instance {@link FastestX25519#detect()}
     * @param random for the ephemeral keys of wrapping
     */
    public AgeKeyService(HostEnvironment environment, Optional<Path> keyFile, X25519 x25519, SecureRandom random) {
        this.x25519 = Objects.requireNonNull(x25519, "x25519");
        this.random = Objects.requireNonNull(random, "random");
        this.keyring = new IdentityKeyring(x25519);
        this.loader = new IdentityLoader(environment, keyFile, keyring);
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
            return new AgeMasterKey(recipient, AgeRecipient.publicKey(recipient), x25519, random);
        } catch (IllegalArgumentException e) {
            throw new StorageNotConfiguredException(where + ": " + e.getMessage());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws DamagedDocumentException if the entry is not intact, or is for an identity at hand and does not open with it
     */
    @Override
    public DataKey unwrap(KeyEntry entry) {
        byte[] file;
        try {
            file = AgeArmor.decode(entry.enc());
        } catch (IllegalArgumentException e) {
            throw damaged(entry, e.getMessage());
        }
        Set<String> tried = new HashSet<>();
        Optional<DataKey> dataKey = open(entry, file, tried);
        if (dataKey.isPresent()) {
            return dataKey.get();
        }
        List<IdentitySourceStatus> sources = loader.load();
        dataKey = open(entry, file, tried);
        if (dataKey.isPresent()) {
            return dataKey.get();
        }
        List<String> problems = new ArrayList<>();
        sources.forEach(source -> problems.addAll(source.problems()));
        if (AgeRecipient.kind(entry.identity()) == AgeRecipient.Kind.X25519) {
            loader.runCommand(entry.identity()).ifPresent(problems::add);
            dataKey = open(entry, file, tried);
        }
        if (dataKey.isPresent()) {
            return dataKey.get();
        }
        if (tried.contains(entry.identity())) {
            throw damaged(entry, "it does not open with the identity it is for");
        }
        throw new DataKeyUnavailableException(unavailable(entry, tried.size(), sources, problems));
    }

    /** @param tried is added to */
    private Optional<DataKey> open(KeyEntry entry, byte[] file, Set<String> tried) {
        try {
            return Optional.of(keyring.use(tried, entry.identity(), identities -> {
                if (identities.isEmpty()) {
                    throw new UnsupportedRecipientStanzaException("No identity");
                }
                identities.forEach(identity -> tried.add(identity.recipient()));
                return DataKey.owning(AgeFile.decrypt(file, new X25519StanzaReader(identities, x25519)));
            }));
        } catch (UnsupportedRecipientStanzaException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw damaged(entry, "it is cut off or was changed");
        }
    }

    /**
     * The recipients of the identities that are in variables and files now; an empty set if there are none. Not known while
     * {@code SOPS_AGE_KEY_CMD} is set: the program may ask a person, so it is not run for this.
     */
    @Override
    public Optional<Set<String>> ownMasterKeys() {
        if (loader.hasCommand()) {
            return Optional.empty();
        }
        Set<String> own = new HashSet<>();
        loader.load().forEach(source -> own.addAll(source.recipients()));
        return Optional.of(Set.copyOf(own));
    }

    /** Looks at all places of identities afresh and tells what is there, for a diagnosis. Runs no program. */
    public List<IdentitySourceStatus> identitySources() {
        return List.copyOf(loader.load());
    }

    @Override
    public void close() {
        keyring.close();
    }

    private static String unavailable(KeyEntry entry, int tried, List<IdentitySourceStatus> sources, List<String> problems) {
        StringBuilder message = new StringBuilder("age: ");
        AgeRecipient.Kind kind = AgeRecipient.kind(entry.identity());
        if (kind != AgeRecipient.Kind.X25519 && kind != AgeRecipient.Kind.UNKNOWN) {
            message.append(kind.description()).append(" not built in yet, and ");
        }
        message.append(tried == 0 ? "no identity at hand" : "no identity matched");
        message.append(" to open the entry for ").append(AgeRecipient.shown(entry.identity())).append(" (looked in ");
        message.append(sources.stream().map(source -> source.file().map(Path::toString).orElse(source.name())).distinct()
                .collect(Collectors.joining(", ")));
        message.append("): add the identity to one of these or set SOPS_AGE_KEY_FILE to its file");
        problems.forEach(problem -> message.append("; ").append(problem));
        return message.toString();
    }

    private static DamagedDocumentException damaged(KeyEntry entry, String reason) {
        return new DamagedDocumentException("The age entry for " + AgeRecipient.shown(entry.identity()) + " is damaged: "
                + reason + "; restore the file from a copy, or log in again");
    }
}
