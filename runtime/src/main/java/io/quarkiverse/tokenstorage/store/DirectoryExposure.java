package io.quarkiverse.tokenstorage.store;

import java.util.List;
import java.util.function.Supplier;

/**
 * What users other than the owner can do with an own directory that was configured for tokens. Anybody can mistype a
 * setting, so one that serves other purposes too keeps its mode: narrowing {@code /tmp} would stop every other program.
 */
public enum DirectoryExposure {

    /** Nothing, or nothing can be changed about it here. */
    PRIVATE,

    /** More than nothing; but all that it holds is made here, so it is narrowed when it is next used. */
    TO_BE_NARROWED,

    /** Look into it, as into a directory for other things too. */
    LISTED_BY_OTHERS,

    /** Add or rename files, as in a directory for all users. */
    CHANGED_BY_OTHERS;

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int WRITABLE_BY_GROUP = 0020;
    private static final List<String> OWN_PREFIXES = List.of(DirectoryStore.LOCK_PREFIX, DirectoryStore.HOLDER_PREFIX,
            DirectoryStore.TEMPORARY_PREFIX);

    /**
     * Judges a directory.
     *
     * @param writable whether this process can change what is in it
     * @param names of all that is in it; asked for only if that decides
     */
    static DirectoryExposure of(FileFacts directory, boolean writable, Supplier<List<String>> names) {
        if (!directory.openToOthers() || !writable) {
            return PRIVATE;
        }
        if ((directory.mode() & (STICKY | WRITABLE_BY_ALL)) != 0) {
            return CHANGED_BY_OTHERS;
        }
        if (names.get().stream().allMatch(DirectoryExposure::isOwn)) {
            return TO_BE_NARROWED;
        }
        return (directory.mode() & WRITABLE_BY_GROUP) != 0 ? CHANGED_BY_OTHERS : LISTED_BY_OTHERS;
    }

    private static boolean isOwn(String name) {
        return DocumentNames.anyProvider(name).isPresent() || OWN_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
