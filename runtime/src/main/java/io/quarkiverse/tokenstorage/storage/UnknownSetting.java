package io.quarkiverse.tokenstorage.storage;

import java.util.Objects;

/**
 * A setting that somebody wrote and nobody reads, because its name is misspelt. Its value, which may be anything, is not part
 * of it.
 *
 * @param name as it was written: a key, or an environment variable
 * @param meant the nearest name that is read, in the same form; several, if they are equally near, are joined with "or"
 */
public record UnknownSetting(String name, String meant) {

    public UnknownSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meant, "meant");
    }
}
