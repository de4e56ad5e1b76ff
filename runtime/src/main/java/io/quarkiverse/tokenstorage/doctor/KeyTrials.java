package io.quarkiverse.tokenstorage.doctor;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Every key of the rules that apply, each tried once with a random data key that is kept nowhere. */
final class KeyTrials {

    /** Two keys of the same identity text are the same key. */
    private record Name(KeyKind kind, String identity) {

        static Name of(MasterKey key) {
            return new Name(key.kind(), key.identity());
        }
    }

    private final Map<Name, KeyTrial> trials = new LinkedHashMap<>();
    private final Map<Name, Boolean> wrapped = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final KeyOpening opening;

    KeyTrials(List<CreationRule> rules, KeyOpening opening, Patience patience) {
        this.opening = opening;
        Map<Name, MasterKey> keys = new LinkedHashMap<>();
        rules.stream().flatMap(rule -> rule.keyGroups().stream()).flatMap(List::stream)
                .forEach(key -> keys.putIfAbsent(Name.of(key), key));
        patience.ask(List.copyOf(keys.keySet()), name -> attempt(name, keys.get(name)))
                .forEach((name, answer) -> trials.put(name,
                        answer.value().orElseGet(() -> unanswered(name, keys.get(name), answer.begun(), patience))));
    }

    private KeyTrial attempt(Name name, MasterKey key) {
        KeyEntry entry;
        try (DataKey probe = DataKey.random(random)) {
            entry = key.wrap(probe);
        } catch (TokenStorageException e) {
            return new KeyTrial(key, Optional.of(e), Optional.empty());
        }
        wrapped.put(name, true);
        return new KeyTrial(key, Optional.empty(), Optional.of(opening.open(entry, Optional.of(key))));
    }

    private KeyTrial unanswered(Name name, MasterKey key, boolean begun, Patience patience) {
        String within = " within " + patience.longest().toSeconds() + " s";
        NoAnswerException failure = new NoAnswerException(begun ? "no answer from " + KeyRemedy.server(key.kind()) + within
                : "not tried, for others gave no answer" + within);
        return wrapped.containsKey(name)
                ? new KeyTrial(key, Optional.empty(),
                        Optional.of(new KeyOpening.Result(key.kind(), Outcome.FAILS, failure.getMessage(), false)))
                : new KeyTrial(key, Optional.of(failure), Optional.empty());
    }

    KeyTrial of(MasterKey key) {
        return trials.get(Name.of(key));
    }

    /** The first key of a rule that does not wrap: with one such key nothing can be saved. */
    Optional<KeyTrial> obstacle(CreationRule rule) {
        return rule.keyGroups().stream().flatMap(List::stream).map(this::of).filter(trial -> !trial.encrypts()).findFirst();
    }

    /** The first key of a rule that should open what it has wrapped, and does not. */
    Optional<KeyTrial> failing(CreationRule rule) {
        return rule.keyGroups().stream().flatMap(List::stream).map(this::of).filter(trial -> trial.is(Outcome.FAILS))
                .findFirst();
    }

    /** The first key of a rule that takes a passphrase. */
    Optional<KeyTrial> locked(CreationRule rule) {
        return rule.keyGroups().stream().flatMap(List::stream).map(this::of)
                .filter(trial -> trial.is(Outcome.AFTER_PASSPHRASE)).findFirst();
    }

    /** How many key groups of a rule have a key with this outcome, or a better one. */
    int groups(CreationRule rule, Outcome worst) {
        return (int) rule.keyGroups().stream().filter(group -> group.stream().map(this::of).flatMap(
                trial -> trial.opening().stream()).anyMatch(result -> result.outcome().compareTo(worst) <= 0)).count();
    }

    static int needed(CreationRule rule) {
        return OwnAccess.needed(rule.keyGroups().size(), rule.shamirThreshold());
    }
}
