package io.quarkiverse.tokenstorage.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The values of a stored token that its file has in clear, read without a key. The message authentication code that would
 * tell whether they are those that were saved has not been checked: whoever can write the file can have changed them. Good
 * for showing, never for deciding.
 *
 * @param location the file, for messages
 * @param tokenType absent if encrypted
 * @param expiresAt absent if encrypted or not known; which of them says {@link #encrypted}
 * @param issuedAt absent if encrypted or not known
 * @param scope absent if encrypted
 * @param refreshable whether there is something in the place of the refresh token
 * @param encrypted the names of those of the above members that are encrypted; of no use are the others
 */
public record UnverifiedToken(String location, Optional<String> tokenType, Optional<Instant> expiresAt,
        Optional<Instant> issuedAt, Optional<List<String>> scope, boolean refreshable, List<String> encrypted) {

    public UnverifiedToken {
        Objects.requireNonNull(location, "location");
        scope = scope.map(List::copyOf);
        encrypted = List.copyOf(encrypted);
    }

    /** Whether there is anything to show. */
    public boolean showsSomething() {
        return tokenType.isPresent() || expiresAt.isPresent() || issuedAt.isPresent()
                || scope.filter(list -> !list.isEmpty()).isPresent();
    }
}
