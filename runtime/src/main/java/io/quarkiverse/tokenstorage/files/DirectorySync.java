package io.quarkiverse.tokenstorage.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes changed names in a directory durable. */
public final class DirectorySync {

    private static final int INTERRUPTS = 100;

    private DirectorySync() {
    }

    /**
     * Java opens a directory only as a channel, and an interrupt closes channels: then once more without the flag, which is
     * set again at the end.
     *
     * @throws IOException also on systems that do not open directories
     */
    public static void force(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            for (int attempt = 0;; attempt++) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                    if (attempt == INTERRUPTS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
