package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyGroup;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.SopsMetadata;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/** The stored tokens, each read once. Encrypted ones are read in a way that asks nobody. */
final class StoredTokens {

    /** Reading a file takes no lock. */
    private static final Duration NO_LOCK = Duration.ZERO;

    /**
     * What came of reading a token.
     *
     * @param token empty if that failed
     * @param failure why
     * @param keys what the file shows without a key; empty if it is not encrypted or shows nothing
     * @param keyless if no key opened it: the most that is known of one that would
     */
    record Reading(String provider, Optional<AuthToken> token, Optional<TokenStorageException> failure,
            Optional<SopsMetadata> keys, Optional<KeyOpening.Result> keyless) {
    }

    private final List<Reading> readings;
    private final Optional<TokenStorageException> failure;

    private StoredTokens(List<Reading> readings, Optional<TokenStorageException> failure) {
        this.readings = List.copyOf(readings);
        this.failure = failure;
    }

    static StoredTokens read(Installation installation, TokenStorage storage) {
        try {
            return read(installation, storage, List.copyOf(ownFailures(storage::providers)));
        } catch (TokenStorageException e) {
            return new StoredTokens(List.of(), Optional.of(e));
        }
    }

    /** A storage of the application may fail with anything, and the message of that may quote a token. */
    private static <T> T ownFailures(Supplier<T> call) {
        try {
            return call.get();
        } catch (TokenStorageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TokenStorageException("the storage of the application failed (" + e.getClass().getName() + ")");
        }
    }

    static StoredTokens read(Installation installation, TokenStorage storage, List<String> providers) {
        Optional<Encrypted> encrypted = installation.sops()
                .flatMap(sops -> installation.sopsDirectory().map(directory -> new Encrypted(directory, sops, storage)));
        List<String> withKeys = providers.stream()
                .filter(provider -> encrypted.isPresent()
                        && installation.settings().backendOf(provider).equals(BuiltInBackends.SOPS))
                .toList();
        Map<String, Patience.Answer<Reading>> answers = installation.patience().ask(withKeys,
                provider -> encrypted.orElseThrow().read(provider));
        List<Reading> readings = new ArrayList<>();
        for (String provider : providers) {
            Patience.Answer<Reading> answer = answers.get(provider);
            readings.add(answer == null ? plain(provider, storage)
                    : answer.value().orElseGet(() -> unanswered(provider, answer.begun(), installation.patience())));
        }
        return new StoredTokens(readings, Optional.empty());
    }

    private static Reading plain(String provider, TokenStorage storage) {
        try {
            return new Reading(provider, ownFailures(() -> storage.load(provider)), Optional.empty(), Optional.empty(),
                    Optional.empty());
        } catch (TokenStorageException e) {
            return new Reading(provider, Optional.empty(), Optional.of(e), Optional.empty(), Optional.empty());
        }
    }

    private static Reading unanswered(String provider, boolean begun, Patience patience) {
        String within = " within " + patience.longest().toSeconds() + " s";
        return new Reading(provider, Optional.empty(), Optional.of(new NoAnswerException(begun
                ? "what its keys need (gpg, AWS KMS, or another program or service) gave no answer" + within
                : "not tried, for others gave no answer" + within)), Optional.empty(), Optional.empty());
    }

    List<Reading> readings() {
        return readings;
    }

    /** Why not even their names are known. */
    Optional<TokenStorageException> failure() {
        return failure;
    }

    /**
     * The files of the encrypted backend.
     *
     * @param storage is asked for tokens that are in no file of this directory: somebody may have put another in place of the
     *        configured one
     */
    private record Encrypted(Path directory, SopsSetup sops, TokenStorage storage) {

        Reading read(String provider) {
            Optional<SopsMetadata> keys = Optional.empty();
            try {
                keys = new DirectoryStore(directory, DocumentNames.SOPS, NO_LOCK).read(provider)
                        .map(file -> SopsDocument.parse(file.content(), file.location()).metadata());
                // Not closed: that would close the keys
                Optional<AuthToken> token = TokenStorages.sops(directory, NO_LOCK, sops).load(provider)
                        .or(() -> ownFailures(() -> storage.load(provider)));
                return new Reading(provider, token, Optional.empty(), keys, Optional.empty());
            } catch (DataKeyUnavailableException e) {
                return new Reading(provider, Optional.empty(), Optional.of(e), keys, keys.map(this::best));
            } catch (TokenStorageException e) {
                return new Reading(provider, Optional.empty(), Optional.of(e), keys, Optional.empty());
            }
        }

        /** Of the groups that are needed the one that is worst off, of its keys the one that is best off. */
        private KeyOpening.Result best(SopsMetadata keys) {
            KeyOpening opening = new KeyOpening(sops);
            List<KeyOpening.Result> groups = keys.keyGroups().stream().map(group -> best(group, opening))
                    .sorted((one, other) -> one.outcome().compareTo(other.outcome())).toList();
            int needed = OwnAccess.needed(groups.size(), keys.shamirThreshold());
            return groups.get(Math.max(1, Math.min(needed, groups.size())) - 1);
        }

        private static KeyOpening.Result best(KeyGroup group, KeyOpening opening) {
            KeyOpening.Result best = new KeyOpening.Result(KeyKind.AGE, Outcome.NOT_BUILT_IN, "a key group without a key");
            for (KeyEntry entry : group.entries()) {
                KeyOpening.Result result = opening.open(entry, Optional.empty());
                best = result.outcome().compareTo(best.outcome()) <= 0 ? result : best;
            }
            return best;
        }
    }
}
