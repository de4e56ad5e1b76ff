package io.quarkiverse.tokenstorage.doctor;

import java.util.Optional;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.MasterKey;

/**
 * What came of wrapping a random data key with a key of a rule, and of opening what was wrapped.
 *
 * @param encryptionFailure why it does not wrap, so that nothing can be saved under the rule
 * @param opening what came of opening; empty if nothing could be wrapped
 */
record KeyTrial(MasterKey key, Optional<TokenStorageException> encryptionFailure, Optional<KeyOpening.Result> opening) {

    boolean encrypts() {
        return encryptionFailure.isEmpty();
    }

    boolean is(KeyOpening.Outcome outcome) {
        return opening.filter(result -> result.outcome() == outcome).isPresent();
    }
}
