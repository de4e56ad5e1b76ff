package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who holds a provider's lock, as far as that can be seen without trying to take it. For showing, never for deciding: it may
 * have changed meanwhile, and of a holder on another machine nobody knows whether it is still there.
 *
 * @param holder for example {@code process 4711 (running) since 2026-01-03T15:30:00Z}; begins with {@code perhaps}
 *        if it is on another machine, or was in another container
 */
public record HeldLock(String holder) {

    /**
     * Looks at the note that every holder leaves beside the lock file; takes no lock, makes no file and disturbs nobody.
     *
     * @param directory where the tokens are
     * @return empty if nobody holds it, or the one who did has ended without saying so
     */
    public static Optional<HeldLock> of(Path directory, String provider) {
        try {
            return LockHolder.read(LockHolder.file(directory.toRealPath(), provider)).filter(LockHolder::mayBeThere)
                    .map(holder -> new HeldLock((holder.isElsewhere() ? "perhaps " : "") + holder.describe()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
