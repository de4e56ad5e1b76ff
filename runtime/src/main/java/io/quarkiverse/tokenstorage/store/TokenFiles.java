package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** Reads token files after judging them; what cannot be judged harmless is never opened, as opening a pipe would hang. */
final class TokenFiles {

    /** Enough for the links of a mounted secret to be exchanged, again and again, while they are followed. */
    private static final int ATTEMPTS = 5;

    private final TokenDirectory directory;

    TokenFiles(TokenDirectory directory) {
        this.directory = directory;
    }

    /**
     * Reads a file.
     *
     * @return its content; empty if there is no such file
     */
    Optional<byte[]> read(Path file, TrustedOwners trusted) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                FileFacts facts = FileFacts.of(file, LinkOption.NOFOLLOW_LINKS);
                Optional<Path> actual = judge(file, facts, trusted);
                if (actual.isPresent()) {
                    return Optional.of(content(actual.get()));
                }
            } catch (NoSuchFileException e) {
                if (!Files.isSymbolicLink(file)) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                throw AccessFailure.of("read", file, e);
            }
        }
        throw danglingLink(file);
    }

    /** Refuses to replace what would not be read either. */
    void requireReplaceable(Path file, TrustedOwners trusted) {
        try {
            if (judge(file, FileFacts.of(file, LinkOption.NOFOLLOW_LINKS), trusted).isEmpty()) {
                throw danglingLink(file);
            }
        } catch (NoSuchFileException e) {
            // nothing to be replaced
        } catch (IOException e) {
            throw AccessFailure.of("replace", file, e);
        }
    }

    /** Whether there is a file, fit to be read or not. A directory is none. */
    static boolean exists(Path file) {
        try {
            return FileFacts.of(file, LinkOption.NOFOLLOW_LINKS).kind() != FileFacts.Kind.DIRECTORY;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw AccessFailure.of("look at", file, e);
        }
    }

    /** Returns the regular file to open; empty if {@code file} is a link to nothing, perhaps only at this moment. */
    private Optional<Path> judge(Path file, FileFacts facts, TrustedOwners trusted) throws IOException {
        Path actual = file;
        FileFacts actualFacts = facts;
        if (facts.kind() == FileFacts.Kind.SYMBOLIC_LINK) {
            try {
                actual = file.toRealPath();
                actualFacts = FileFacts.of(actual, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            if (!actual.startsWith(directory.path().toRealPath())) {
                throw new StorageAccessException(file + " is a symbolic link out of the token directory, to " + actual
                        + "; it is not followed. Replace the link by the file");
            }
        }
        if (actualFacts.kind() != FileFacts.Kind.REGULAR) {
            throw new StorageAccessException(file + " is not a regular file; it is not opened. Remove it, and log in again");
        }
        if (!trusted.include(actualFacts)) {
            throw TokenDirectory.foreign("token file", actual, "Change its owner, or remove it and log in again");
        }
        requireSize(file, actualFacts.size());
        directory.tighten(actual, actualFacts);
        return Optional.of(actual);
    }

    /**
     * Asks the open file for its size, as another one may have been renamed into its place since it was judged; it does not
     * grow while it is open. Not through a channel of one's own, which an interrupt would close.
     */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            int size = in.available();
            requireSize(file, size);
            byte[] content = new byte[size];
            int length = in.readNBytes(content, 0, size);
            return length == size ? content : Arrays.copyOf(content, length);
        }
    }

    static void requireSize(Path file, long size) {
        if (size > DirectoryStore.MAX_DOCUMENT_BYTES) {
            throw new StorageAccessException(file + " is too large for a stored token: more than "
                    + DirectoryStore.MAX_DOCUMENT_BYTES + " bytes");
        }
    }

    private static StorageAccessException danglingLink(Path file) {
        return new StorageAccessException(file + " is a symbolic link to nothing. Remove it, or mend what it points to");
    }
}
