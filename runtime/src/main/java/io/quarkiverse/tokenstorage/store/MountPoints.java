package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Knows from Linux whether a single file was mounted into a container; such a file cannot be replaced by renaming. */
final class MountPoints {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;

    private MountPoints() {
    }

    /**
     * Whether something is mounted on {@code file} itself.
     *
     * @param file a real path; false if the system does not tell
     */
    static boolean contains(Path file) {
        try {
            // One byte is one char, as the kernel escapes bytes, not characters
            String mounts = new String(Files.readAllBytes(MOUNTS), StandardCharsets.ISO_8859_1);
            String point = escaped(file);
            return mounts.contains(point) && mounts.lines().anyMatch(line -> isOn(line, point));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOn(String line, String point) {
        String[] fields = line.split(" ", MOUNT_POINT_FIELD + 2);
        return fields.length > MOUNT_POINT_FIELD && fields[MOUNT_POINT_FIELD].equals(point);
    }

    /** As proc_pid_mountinfo(5) writes it: space, tab, line feed and backslash in octal. */
    private static String escaped(Path file) {
        String bytes = new String(file.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011").replace("\n", "\\012");
    }
}
