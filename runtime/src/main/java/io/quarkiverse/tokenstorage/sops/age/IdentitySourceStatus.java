package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at one place of identities found, for people; holds nothing secret.
 *
 * @param name the variable, the setting or the path
 * @param sshKey whether it is a place of an SSH private key, rather than of native identities
 * @param file the file, or empty if it is a variable or a program
 * @param state what became of it
 * @param recipients the public keys of the identities that are usable here, in the order in which they stand there; if
 *        {@link State#LOCKED}, as far as they are known; otherwise empty unless {@link State#READ}
 * @param problems what is wrong or cannot be used here, each a phrase without a final stop
 * @param openToOthers whether the file's mode lets group or others read it; false where there are no such modes
 */
public record IdentitySourceStatus(String name, boolean sshKey, Optional<Path> file, State state, Set<String> recipients,
        List<String> problems, boolean openToOthers) {

    /** What became of a place. */
    public enum State {
        /** There is no such file, and need not be. */
        ABSENT,
        /** Read; it may still hold no usable identity. */
        READ,
        /** There, under a passphrase, which is asked for only when a document needs it. */
        LOCKED,
        /** It should be there or is there, but gave nothing: see the problems. */
        FAULTY,
        /** A program that may ask a person; it runs only when a document has to be opened. */
        NOT_ASKED
    }

    public IdentitySourceStatus {
        recipients = Collections.unmodifiableSet(new LinkedHashSet<>(recipients));
        problems = List.copyOf(problems);
    }
}
