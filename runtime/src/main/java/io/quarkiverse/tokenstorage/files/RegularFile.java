package io.quarkiverse.tokenstorage.files;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Reads a small configuration file that somebody else may have put there: never waits on a pipe or device, never reads more
 * than it was told, and goes on under a thread interrupt (a channel would close itself).
 */
public final class RegularFile {

    private RegularFile() {
    }

    /**
     * The whole content. Intermediate buffers are zeroed, for the content may be secret. Links are followed.
     *
     * @param limit the largest size in bytes that is read
     * @throws NoSuchFileException if there is nothing at this path
     * @throws FileSystemException if it cannot be read; {@link FileSystemException#getReason} says why, in words for people
     *         and without any of the content
     */
    public static byte[] read(Path file, int limit) throws FileSystemException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw fault(file, attributes.isDirectory() ? "it is a directory" : "it is not a regular file");
            }
            if (attributes.size() > limit) {
                throw fault(file, "it is larger than " + limit + " bytes");
            }
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                return readAll(file, in, (int) attributes.size(), limit);
            }
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        } catch (AccessDeniedException e) {
            throw fault(file, "permission denied");
        } catch (FileNotFoundException e) {
            throw fault(file, "it cannot be opened (permission denied?)");
        } catch (FileSystemException e) {
            throw e.getReason() == null ? fault(file, "it cannot be read") : e;
        } catch (IOException e) {
            throw fault(file, "reading failed");
        }
    }

    /** The size is only a first guess: files of /proc say 0, and a file may be growing. */
    private static byte[] readAll(Path file, FileInputStream in, int expected, int limit) throws IOException {
        byte[] buffer = new byte[expected + 1];
        int length = 0;
        while (true) {
            int read = in.readNBytes(buffer, length, buffer.length - length);
            length += read;
            if (length > limit) {
                Arrays.fill(buffer, (byte) 0);
                throw fault(file, "it is larger than " + limit + " bytes");
            }
            boolean full = length == buffer.length;
            byte[] next = Arrays.copyOf(buffer, full ? Math.min(limit, length * 2) + 1 : length);
            Arrays.fill(buffer, (byte) 0);
            if (!full) {
                return next;
            }
            buffer = next;
        }
    }

    private static FileSystemException fault(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }
}
