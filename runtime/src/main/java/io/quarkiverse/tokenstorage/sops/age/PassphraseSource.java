package io.quarkiverse.tokenstorage.sops.age;

import java.util.Optional;

/**
 * Whoever knows the passphrases of protected identities: a person at a terminal, or a vault of the application. Asked only
 * when an identity is needed, by one thread at a time.
 */
@FunctionalInterface
public interface PassphraseSource {

    /** Nobody: protected identities stay closed, and the error says what to do. */
    PassphraseSource NONE = new PassphraseSource() {

        @Override
        public Optional<char[]> ask(String identity, int attempt) {
            return Optional.empty();
        }

        @Override
        public boolean canAsk() {
            return false;
        }
    };

    /**
     * @param identity what is protected, for the prompt: where it comes from, and its path if it is in a file
     * @param attempt 1, then 2 and 3 if the passphrase before was wrong
     * @return a new array, which the caller zeroes; empty if there is nobody to ask or who does not want to answer
     */
    Optional<char[]> ask(String identity, int attempt);

    /** Whether there may be somebody to ask at this moment, as far as that can be told without asking. */
    default boolean canAsk() {
        return true;
    }
}
