package io.quarkiverse.tokenstorage.sops.age;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as the library of sops does (google/shlex): quotes and backslashes as in a POSIX shell,
 * comments after {@code #}, and nothing else: no variables, no globs, no operators.
 */
final class ShellWords {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private int position;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException if a quote is not closed or the end is escaped */
    static List<String> split(String line) {
        return new ShellWords(line).split();
    }

    private List<String> split() {
        while (position < line.length()) {
            char next = line.charAt(position);
            if (isSpace(next)) {
                position++;
            } else if (next == '#') {
                int feed = line.indexOf('\n', position);
                position = feed < 0 ? line.length() : feed;
            } else {
                words.add(word());
            }
        }
        return words;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (position < line.length() && !isSpace(line.charAt(position))) {
            char next = line.charAt(position++);
            if (next == '\\') {
                word.append(escaped());
            } else if (next == '\'' || next == '"') {
                quoted(next, word);
            } else {
                word.append(next);
            }
        }
        return word.toString();
    }

    private void quoted(char quote, StringBuilder word) {
        while (position < line.length()) {
            char next = line.charAt(position++);
            if (next == quote) {
                return;
            }
            word.append(next == '\\' && quote == '"' ? escaped() : next);
        }
        throw new IllegalArgumentException("a quote is not closed");
    }

    private char escaped() {
        if (position == line.length()) {
            throw new IllegalArgumentException("a backslash is the last character");
        }
        return line.charAt(position++);
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
