package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths in commands that are meant to be copied into a shell. */
final class ShellWord {

    private ShellWord() {
    }

    static String of(Path path) {
        String text = path.toString();
        return Pattern.matches("[A-Za-z0-9_./:@%+=,-]+", text) ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
