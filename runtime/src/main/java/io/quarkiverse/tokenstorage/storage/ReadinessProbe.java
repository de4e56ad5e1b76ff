package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;

/** Tells whether a storage could do its work now. */
public interface ReadinessProbe {

    /**
     * Looks whether the directory can be written, whether a token could be saved and whether the stored ones can be read. Meant
     * to be asked often: it takes no lock, writes nothing, asks no person, and runs no program and calls no service; what only
     * these could tell is left open. Tokens are decrypted and checked as far as that goes, and forgotten at once; no key is
     * remembered for it. It may wait for the disk.
     *
     * @param scope whose tokens are looked at
     * @return empty if there is nothing that could go wrong, or nothing that can be looked at
     */
    Optional<Readiness> readiness(ProviderScope scope);
}
