package io.quarkiverse.tokenstorage.store;

/**
 * Whose files in a directory are read: the process's own, and in a directory that root mounted read-only also root's.
 * Both are -1 where the system has no user numbers.
 */
record TrustedOwners(int own, int directory) {

    boolean include(FileFacts file) {
        return file.uid() == own || file.uid() == directory;
    }
}
