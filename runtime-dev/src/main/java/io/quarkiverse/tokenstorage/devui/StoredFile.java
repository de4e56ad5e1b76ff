package io.quarkiverse.tokenstorage.devui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * A file as one look at it shows, without opening it.
 *
 * @param path absolute
 * @param name the last part of the path
 * @param mode four octal digits; empty where the system has no modes
 * @param size in bytes
 * @param modified the moment of its last change in milliseconds since 1970
 * @param version differs from that of any other content under this name: a token is saved by renaming another file
 */
public record StoredFile(String path, String name, String mode, long size, long modified, String version) {

    private static final String UNIX = "unix:mode,size,lastModifiedTime,ctime,ino";
    private static final int PERMISSIONS = 07777;

    /**
     * Looks at the file that a link inside its directory leads to, as mounted secrets have them, but at any other link itself:
     * no storage follows it.
     *
     * @throws IOException if it cannot be looked at, or has gone meanwhile
     */
    static StoredFile of(Path path) throws IOException {
        Path actual = actual(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return unix(path, actual, Files.readAttributes(actual, UNIX, LinkOption.NOFOLLOW_LINKS));
        }
        BasicFileAttributes basic = Files.readAttributes(actual, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return of(path, actual, "", basic.size(), basic.lastModifiedTime(), basic.creationTime().toString());
    }

    private static Path actual(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return path;
        }
        try {
            Path real = path.toRealPath();
            return real.startsWith(path.getParent().toRealPath()) ? real : path;
        } catch (IOException e) {
            // It leads nowhere
            return path;
        }
    }

    private static StoredFile unix(Path path, Path actual, Map<String, Object> facts) {
        return of(path, actual, String.format("%04o", (int) facts.get("mode") & PERMISSIONS), (long) facts.get("size"),
                (FileTime) facts.get("lastModifiedTime"), facts.get("ctime") + " " + facts.get("ino"));
    }

    private static StoredFile of(Path path, Path actual, String mode, long size, FileTime modified, String others) {
        return new StoredFile(path.toString(), path.getFileName().toString(), mode, size, modified.toMillis(),
                modified + " " + size + " " + mode + " " + others + " " + actual);
    }
}
