package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What one look at a file tells. Numbers instead of principals and permission sets: looking up the owner's name may ask a
 * directory server.
 *
 * @param uid the owner; -1 where the system has no user numbers
 * @param mode the permission bits; -1 where the system has none
 * @param links the number of hard links; 1 where unknown
 * @param identity equal for two looks at the same file; null where unknown
 */
record FileFacts(Kind kind, int uid, int mode, int links, long size, Instant modified, Object identity) {

    enum Kind {
        REGULAR,
        DIRECTORY,
        SYMBOLIC_LINK,
        OTHER
    }

    private static final String UNIX = "unix:isRegularFile,isDirectory,isSymbolicLink,uid,mode,nlink,size,lastModifiedTime,fileKey";

    /** Looks at {@code path}; a link is followed unless {@code NOFOLLOW_LINKS} is given. */
    static FileFacts of(Path path, LinkOption... options) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileFacts(kind(basic.isRegularFile(), basic.isDirectory(), basic.isSymbolicLink()), -1, -1, 1,
                    basic.size(), basic.lastModifiedTime().toInstant(), basic.fileKey());
        }
        Map<String, Object> unix = Files.readAttributes(path, UNIX, options);
        return new FileFacts(
                kind((boolean) unix.get("isRegularFile"), (boolean) unix.get("isDirectory"),
                        (boolean) unix.get("isSymbolicLink")),
                (int) unix.get("uid"), (int) unix.get("mode") & 07777, (int) unix.get("nlink"), (long) unix.get("size"),
                ((FileTime) unix.get("lastModifiedTime")).toInstant(), unix.get("fileKey"));
    }

    private static Kind kind(boolean regular, boolean directory, boolean link) {
        return regular ? Kind.REGULAR : directory ? Kind.DIRECTORY : link ? Kind.SYMBOLIC_LINK : Kind.OTHER;
    }

    /** Whether anybody but the owner has any permission. */
    boolean openToOthers() {
        return mode >= 0 && (mode & 077) != 0;
    }
}
