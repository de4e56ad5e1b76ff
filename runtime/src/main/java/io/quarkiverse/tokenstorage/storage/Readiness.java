package io.quarkiverse.tokenstorage.storage;

import java.util.List;
import java.util.Optional;

/**
 * What a look at a storage on disk told. All texts are one line each and hold no secret; they name files, providers and
 * recipients.
 *
 * @param readOnly whether somebody else has mounted the directory to be read only, as orchestrators do with secrets
 * @param unwritable why the directory cannot be written to, if it should be
 * @param unsavable why a token could not be saved, though the directory can be written to
 * @param readable how many stored tokens were read
 * @param untried how many were not, as that takes a person, a program or a service
 * @param unseen how many were not even looked at, as there are too many
 * @param unreadable why stored tokens could not be read, one line for each of them
 */
public record Readiness(boolean readOnly, Optional<String> unwritable, Optional<String> unsavable, int readable, int untried,
        int unseen, List<String> unreadable) {

    public Readiness {
        unreadable = List.copyOf(unreadable);
    }

    /** Whether tokens can be saved (where that is meant to be) and read, as far as is known. */
    public boolean isReady() {
        return unwritable.isEmpty() && unsavable.isEmpty() && unreadable.isEmpty();
    }
}
