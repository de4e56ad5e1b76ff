package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user number that files made by this process get; Java does not tell it. */
final class ProcessUser {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUser() {
    }

    /** The number; asked anew at each call. Only for systems with POSIX permissions. */
    static int uid() throws IOException {
        return Files.isReadable(STATUS) ? fileSystemUid(Files.readAllLines(STATUS)) : ownerOfNewFile();
    }

    /** The line is "Uid: real effective saved file-system", see proc(5). */
    private static int fileSystemUid(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith("Uid:")) {
                String[] numbers = line.substring(4).trim().split("\\s+");
                // Numbers above the range of int wrap in the same way as those in file attributes.
                return (int) Long.parseLong(numbers[numbers.length - 1]);
            }
        }
        return ownerOfNewFile();
    }

    private static int ownerOfNewFile() throws IOException {
        Path probe = Files.createTempFile("owner", null);
        try {
            return FileFacts.of(probe).uid();
        } finally {
            Files.delete(probe);
        }
    }
}
