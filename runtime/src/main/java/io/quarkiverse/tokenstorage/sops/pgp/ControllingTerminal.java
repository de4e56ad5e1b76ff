package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The terminal that this process was started from, as {@code tty} would print it. Known on Linux only; elsewhere the person
 * sets {@code GPG_TTY}, as the manual of gpg-agent asks for.
 */
final class ControllingTerminal {

    private static final List<String> STANDARD_STREAMS = List.of("/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2");
    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty\\w+|console)");

    private ControllingTerminal() {
    }

    static Optional<Path> find() {
        for (String stream : STANDARD_STREAMS) {
            try {
                Path target = Files.readSymbolicLink(Path.of(stream));
                if (TERMINAL.matcher(target.toString()).matches() && Files.exists(target)) {
                    return Optional.of(target);
                }
            } catch (IOException | UnsupportedOperationException e) {
                // Closed, or a system without these links
            }
        }
        return Optional.empty();
    }
}
