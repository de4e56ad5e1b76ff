package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.PassphraseRequiredException;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus.State;
import io.quarkiverse.tokenstorage.sops.pgp.PgpKeyService;
import io.quarkiverse.tokenstorage.sops.value.DataKey;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** Tries to open key entries, asking nobody. May wait for programs and services. Thread-safe. */
final class KeyOpening {

    /** What came of it. */
    enum Outcome {
        OPENS,
        /** The private key is here, or may be, and somebody has to be asked for its passphrase. */
        AFTER_PASSPHRASE,
        /** There is nothing wrong with that: the private key is somebody else's. */
        ELSEWHERE,
        FAILS,
        /** Only the {@code sops} program can. */
        NOT_BUILT_IN
    }

    /**
     * The outcome and why it is so.
     *
     * @param reason for people; empty if it opens
     * @param answered whether the program or service that was asked, if any, answered in time
     */
    record Result(KeyKind kind, Outcome outcome, String reason, boolean answered) {

        Result(KeyKind kind, Outcome outcome, String reason) {
            this(kind, outcome, reason, true);
        }
    }

    private final SopsSetup sops;
    private final Map<KeyKind, KeyService> services = new EnumMap<>(KeyKind.class);

    KeyOpening(SopsSetup sops) {
        this.sops = sops;
        sops.keyServices().forEach(service -> services.put(service.kind(), service));
    }

    /**
     * @param key that the entry is for, if it is known; else a private key that is here and fails cannot be told from one
     *        that is elsewhere
     */
    Result open(KeyEntry entry, Optional<MasterKey> key) {
        KeyService service = services.get(entry.kind());
        if (service == null) {
            return new Result(entry.kind(), Outcome.NOT_BUILT_IN,
                    "keys of the kind " + entry.kind().metadataName() + " are not built in");
        }
        try (DataKey opened = service.unwrap(entry)) {
            return new Result(entry.kind(), Outcome.OPENS, "");
        } catch (PassphraseRequiredException e) {
            return new Result(entry.kind(), Outcome.AFTER_PASSPHRASE, e.getMessage());
        } catch (TokenStorageException e) {
            return closed(entry, key, service, e.getMessage());
        }
    }

    private Result closed(KeyEntry entry, Optional<MasterKey> key, KeyService service, String reason) {
        if (entry.kind() == KeyKind.AGE) {
            Optional<IdentitySourceStatus> locked = lockedSource(entry.identity());
            if (locked.isPresent()) {
                return new Result(entry.kind(), Outcome.AFTER_PASSPHRASE, passphraseOf(locked.get()));
            }
            return new Result(entry.kind(), hasCommand() ? Outcome.FAILS : Outcome.ELSEWHERE, reason);
        }
        return new Result(entry.kind(), key.isPresent() && isElsewhere(key.get(), service) ? Outcome.ELSEWHERE : Outcome.FAILS,
                reason);
    }

    private static boolean isElsewhere(MasterKey key, KeyService service) {
        try {
            Optional<Set<String>> own = service.ownMasterKeys();
            return own.isPresent() && !key.isOneOf(own.get());
        } catch (StorageAccessException e) {
            return false;
        }
    }

    /** SSH keys tell their public half; of an encrypted file of identities nobody knows what is in it. */
    private Optional<IdentitySourceStatus> lockedSource(String recipient) {
        String plain = recipient.startsWith("ssh-") ? withoutComment(recipient) : recipient;
        return sops.age().identitySources().stream().filter(source -> source.state() == State.LOCKED)
                .filter(source -> source.recipients().contains(plain)
                        || source.recipients().isEmpty() && !source.sshKey() && !recipient.startsWith("ssh-"))
                .findFirst();
    }

    private static String withoutComment(String recipient) {
        String[] words = recipient.strip().split("\\s+");
        return words.length < 2 ? recipient : words[0] + " " + words[1];
    }

    private static String passphraseOf(IdentitySourceStatus source) {
        String place = source.file().map(Path::toString).orElse(source.name());
        return source.recipients().isEmpty() ? place + " is under a passphrase, and may hold the identity"
                : place + " is under a passphrase";
    }

    private boolean hasCommand() {
        return sops.age().identitySources().stream().anyMatch(source -> source.state() == State.NOT_ASKED);
    }

    /** Whether somebody will be there to be asked, as far as that can be told. */
    boolean canAsk(KeyKind kind, StorageOptions options) {
        return services.get(kind) instanceof PgpKeyService pgp ? pgp.canAskPerson() : options.identityUnlocking().canAsk();
    }
}
