package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * What one look at a file tells. Numbers instead of principals and permission sets: looking up the owner's name may ask a
 * directory server. No more than every read and write of a token needs, as each takes several looks.
 *
 * @param uid the owner; -1 where the system has no user numbers
 * @param mode the permission bits; -1 where the system has none
 * @param size in bytes
 */
record FileFacts(Kind kind, int uid, int mode, long size) {

    enum Kind {
        REGULAR,
        DIRECTORY,
        SYMBOLIC_LINK,
        OTHER
    }

    private static final String UNIX = "unix:mode,uid,size";

    /** The bits of a mode that tell the kind of file, see inode(7). */
    private static final int FORMAT = 0170000;
    private static final int PERMISSIONS = 07777;

    /** Looks at {@code path}; a link is followed unless {@code NOFOLLOW_LINKS} is given. */
    static FileFacts of(Path path, LinkOption... options) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileFacts(kind(basic), -1, -1, basic.size());
        }
        Map<String, Object> unix = Files.readAttributes(path, UNIX, options);
        int mode = (int) unix.get("mode");
        return new FileFacts(kind(mode), (int) unix.get("uid"), mode & PERMISSIONS, (long) unix.get("size"));
    }

    private static Kind kind(int mode) {
        return switch (mode & FORMAT) {
            case 0100000 -> Kind.REGULAR;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.SYMBOLIC_LINK;
            default -> Kind.OTHER;
        };
    }

    private static Kind kind(BasicFileAttributes basic) {
        return basic.isRegularFile() ? Kind.REGULAR
                : basic.isDirectory() ? Kind.DIRECTORY : basic.isSymbolicLink() ? Kind.SYMBOLIC_LINK : Kind.OTHER;
    }

    /** Whether anybody but the owner has any permission. */
    boolean openToOthers() {
        return mode >= 0 && (mode & 077) != 0;
    }
}
