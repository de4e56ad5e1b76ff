package io.quarkiverse.tokenstorage.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The state of a token directory, for a doctor to judge. Nothing was changed by looking, except that probing a lock makes
 * its file if that was missing.
 *
 * @param directory absolute
 * @param itself the directory, or what is in its place; empty if there is nothing
 * @param barrier the directory on the way there, or this one itself, that this process may not look into; then nothing is
 *        known of what is behind it
 * @param readOnly whether this process can only read there; false if there is nothing
 * @param readOnlyFileSystem whether the file system is mounted so that nobody can write there
 * @param fileSystem the type of the file system that it is or would be on, as the system calls it; empty if unknown
 * @param network whether that is a network file system, where locks and durability are only as good as its server's
 * @param usableBytes the free space for this user; -1 if unknown
 * @param tokenFiles everything that is called like a token file of whatever codec, by path
 * @param leftOvers temporary files, by path: of a save going on now if young, else of one that was killed
 * @param locks one for each provider with a token file, or one for the provider name {@code lock-probe} if there is none;
 *        empty if nothing can be written there
 * @param failure why the inspection is incomplete: one line
 * @param exposure what others can do with the directory; private if that is unknown
 */
public record DirectoryInspection(Path directory, Optional<InspectedFile> itself, Optional<InspectedFile> barrier,
        boolean readOnly, boolean readOnlyFileSystem, String fileSystem, boolean network,
        long usableBytes, List<InspectedFile> tokenFiles, List<InspectedFile> leftOvers, List<LockProbe> locks,
        Optional<String> failure, DirectoryExposure exposure) {

    public DirectoryInspection {
        tokenFiles = List.copyOf(tokenFiles);
        leftOvers = List.copyOf(leftOvers);
        locks = List.copyOf(locks);
    }

    /** Looks at a directory and everything in it; troubles are part of the answer. */
    public static DirectoryInspection of(Path directory) {
        return new DirectoryInspector(directory, TimeAndRandom.system()).inspect();
    }
}
