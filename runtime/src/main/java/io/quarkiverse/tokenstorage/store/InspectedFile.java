package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to know about a file without opening it. For a symbolic link all but {@code path} and {@code kind} is about
 * what it leads to, if that exists.
 *
 * @param provider whose token it holds, by its name; empty for a directory or a temporary file
 * @param owner the owner's name, or number if it has none; empty if unknown
 * @param own whether it belongs to the user of this process; true where the system has no user numbers
 * @param mode four octal digits; empty where the system has no modes
 * @param openToOthers whether anybody but the owner has any permission
 * @param links the number of names (hard links) of the file
 * @param size in bytes
 * @param age since the last change; not negative
 */
public record InspectedFile(Path path, Optional<String> provider, Kind kind, String owner, boolean own, String mode,
        boolean openToOthers, int links, long size, Duration age) {

    private static final char NO_PERMISSION = '0';

    /** What kind of file it is. */
    public enum Kind {
        REGULAR,
        DIRECTORY,
        /** A symbolic link to a regular file in the token directory or below. */
        LINK_INSIDE,
        /** A symbolic link out of the token directory, or to something that is no regular file. */
        LINK_REFUSED,
        LINK_TO_NOTHING,
        /** A pipe, a socket, a device. */
        OTHER
    }

    /**
     * Looks at a file outside the token directories; links are followed.
     *
     * @throws NoSuchFileException if it is not there
     */
    public static InspectedFile elsewhere(Path file) throws IOException {
        Path actual = file.toRealPath();
        int uid = FileFacts.of(actual).uid() == -1 ? -1 : ProcessUser.uid();
        return of(actual, Optional.empty(), actual.getParent(), uid, TimeAndRandom.system().clock().instant());
    }

    /**
     * Looks at a file.
     *
     * @param realDirectory the real path that links may not leave
     * @param ownUid the user of this process
     */
    static InspectedFile of(Path file, Optional<String> provider, Path realDirectory, int ownUid, Instant now)
            throws IOException {
        FileFacts facts = FileFacts.of(file, LinkOption.NOFOLLOW_LINKS);
        Kind kind = switch (facts.kind()) {
            case REGULAR -> Kind.REGULAR;
            case DIRECTORY -> Kind.DIRECTORY;
            case OTHER -> Kind.OTHER;
            case SYMBOLIC_LINK -> Kind.LINK_TO_NOTHING;
        };
        if (kind == Kind.LINK_TO_NOTHING) {
            try {
                Path actual = file.toRealPath();
                facts = FileFacts.of(actual);
                boolean inside = actual.startsWith(realDirectory) && facts.kind() == FileFacts.Kind.REGULAR;
                kind = inside ? Kind.LINK_INSIDE : Kind.LINK_REFUSED;
            } catch (NoSuchFileException e) {
                // the facts of the link itself, then
            }
        }
        return of(file, provider, kind, facts, ownUid, now);
    }

    static InspectedFile of(Path file, Optional<String> provider, Kind kind, FileFacts facts, int ownUid, Instant now)
            throws IOException {
        LinkOption[] options = kind == Kind.LINK_TO_NOTHING ? new LinkOption[] { LinkOption.NOFOLLOW_LINKS }
                : new LinkOption[0];
        Duration age = Duration.between(Files.getLastModifiedTime(file, options).toInstant(), now);
        return new InspectedFile(file, provider, kind, owner(file, options), facts.uid() == -1 || facts.uid() == ownUid,
                facts.mode() < 0 ? "" : String.format("%04o", facts.mode()), facts.openToOthers(),
                facts.uid() == -1 ? 1 : (int) Files.getAttribute(file, "unix:nlink", options), facts.size(),
                age.isNegative() ? Duration.ZERO : age);
    }

    /** Whether anybody but the owner and the members of the file's group has any permission. */
    public boolean openToEverybody() {
        return !mode.isEmpty() && mode.charAt(mode.length() - 1) != NO_PERMISSION;
    }

    private static String owner(Path file, LinkOption[] options) {
        try {
            return Files.getOwner(file, options).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
