package io.quarkiverse.tokenstorage.it.docs;

import java.nio.file.Path;
import java.util.List;

/**
 * A listing that a reader may copy.
 *
 * @param file the page
 * @param line where its first line is, counted from 1
 * @param language as the page names it, empty if it does not
 * @param lines its text
 */
record Snippet(Path file, int line, String language, List<String> lines) {

    String text() {
        return String.join("\n", lines) + "\n";
    }

    @Override
    public String toString() {
        return Project.name(file) + ":" + line + " (" + language + ")";
    }
}
