package io.quarkiverse.tokenstorage.storage;

import java.util.Optional;
import java.util.Set;

/**
 * Changes the keys that stored tokens are encrypted with; the tokens stay the same. Each change is that of one provider,
 * under its lock and with the same atomic, durable write as a save: at every moment, also after a crash, the old or the new
 * file is there, and other threads and processes go on reading and writing. Whatever fails leaves the file as it was.
 * <p>
 * What guards a save guards this too: refused are rules that leave a token in clear, and recipients none of which is an own
 * one. Recipients come from the rule that a save would follow now.
 * <p>
 * The methods block. All throw a {@link io.quarkiverse.tokenstorage.TokenStorageException} that says why the keys of this
 * provider are what they were; go on with the next provider then. Called inside the function of an {@code update}, those
 * that write are refused with an {@link IllegalStateException}. Thread-safe.
 */
public interface KeyRotation {

    /** The names of all providers with an encrypted file, sorted. */
    Set<String> providers();

    /**
     * Encrypts a token anew, with a new data key and under today's rule. Whoever could read the file only before, or has
     * kept its data key, cannot read what is saved from now on.
     *
     * @return empty if there is no file of this provider
     */
    Optional<KeyChange> rotate(String provider);

    /**
     * Wraps the data key of a file for the recipients of today's rule, as {@code sops updatekeys} does; nothing else in it
     * changes, and nothing at all if they are the same already, so that this can be repeated at will. A recipient that is
     * removed may have kept the data key, and so can read this file even then: {@link #rotate} ends that.
     *
     * @return empty if there is no file of this provider
     */
    Optional<KeyChange> updateKeys(String provider);

    /**
     * Asks beforehand whether {@link #updateKeys} is possible at all. Reads nothing.
     *
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if this storage can update the keys of no file, as
     *         where the {@code sops} program encrypts; {@link #rotate} may work then
     */
    void requireUpdatableKeys();

    /** What {@link #rotate} would do. Reads and checks the file, takes no lock, and writes nothing. */
    Optional<KeyChange> previewRotate(String provider);

    /** What {@link #updateKeys} would do. Reads and checks the file, takes no lock, and writes nothing. */
    Optional<KeyChange> previewUpdateKeys(String provider);
}
