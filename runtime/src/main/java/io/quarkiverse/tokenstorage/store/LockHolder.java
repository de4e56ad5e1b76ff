package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who holds a lock, for messages only. Kept in the first line of a file beside the lock file, since the lock file itself must
 * not be opened to look. After a crash it may tell of a process that is gone.
 */
record LockHolder(long pid, String host, Instant since) {

    /** The file may be anybody's work, and what it says is shown. */
    private static final Pattern NOT_OF_HOSTS = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST = 1024;
    private static final String NOBODY = "-";

    /**
     * Where the holder of a provider's lock leaves its note.
     *
     * @param directory a real path
     */
    static Path file(Path directory, String provider) {
        return directory.resolve(DirectoryStore.HOLDER_PREFIX + NameHash.ofAnyCase(provider));
    }

    static LockHolder thisProcess(Instant since) {
        return new LockHolder(ProcessHandle.current().pid(), hostName(), since.truncatedTo(ChronoUnit.SECONDS));
    }

    void write(Path file, FileProtection protection) throws IOException {
        try {
            overwrite(file, pid + " " + since + " " + host);
        } catch (NoSuchFileException e) {
            protection.createFile(file);
            overwrite(file, pid + " " + since + " " + host);
        }
    }

    /** Says that nobody holds the lock. */
    static void clear(Path file) throws IOException {
        overwrite(file, NOBODY);
    }

    /**
     * The file stays, and its length too: making, removing and cutting files takes a journal's time, far longer than the lock
     * itself. Blanks fill it up, so that it remains one line. Not through a channel, which an interrupt would close.
     */
    private static void overwrite(Path file, String line) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file");
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] text = line.getBytes(StandardCharsets.UTF_8);
            byte[] filled = Arrays.copyOf(text, (int) Math.max(text.length + 1, Math.min(out.length(), LONGEST)));
            Arrays.fill(filled, text.length, filled.length, (byte) ' ');
            filled[filled.length - 1] = '\n';
            out.write(filled);
        }
    }

    /** What the file says; empty if there is none, or nothing sensible in it. */
    static Optional<LockHolder> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
                String[] parts = text.lines().findFirst().orElse("").strip().split(" ", 3);
                return parts.length == 3
                        ? Optional.of(new LockHolder(Long.parseLong(parts[0]), parts[2], Instant.parse(parts[1])))
                        : Optional.empty();
            }
        } catch (IOException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it still runs; of a process on another machine nobody knows. */
    boolean mayBeThere() {
        return isElsewhere() || isAlive();
    }

    boolean isElsewhere() {
        return !host.equals(hostName());
    }

    /** For example "process 4711 (running) since 2026-01-03T15:30:00Z". */
    String describe() {
        if (isElsewhere()) {
            return "process " + pid + " on host " + NOT_OF_HOSTS.matcher(host).replaceAll("?") + " since " + since;
        }
        return isAlive() ? "process " + pid + " (running) since " + since
                : "a process that has not given its name yet (the one before it was " + pid + ", which has ended)";
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            String windows = System.getenv("COMPUTERNAME");
            String other = System.getenv("HOSTNAME");
            return windows != null ? windows : other != null ? other : "localhost";
        }
    }
}
