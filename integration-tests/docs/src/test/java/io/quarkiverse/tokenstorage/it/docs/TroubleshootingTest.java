package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** The page on troubleshooting has every error message of the sources, and none that is gone, with its cause and its fix. */
class TroubleshootingTest {

    private static final Path PAGE = Project.MODULE.resolve("pages/troubleshooting.adoc");
    private static final Path OTHER = Project.ROOT.resolve("integration-tests/docs/src/test/resources/not-errors.txt");
    private static final Pattern ENTRY = Pattern.compile("\\* `\\+(.+)\\+`");
    private static final Pattern ROW = Pattern.compile("a\\|\\n(?:\\* .+\\n)+\\|(.+)\\n\\|(.+)\\n");

    private final SortedMap<String, String> messages = ErrorMessages.read();

    @Test
    void hasEveryMessageOfTheSources() {
        TreeSet<String> missing = new TreeSet<>(messages.keySet());
        missing.removeAll(entries());
        missing.removeAll(others());

        assertThat(missing).as("Add these lines to rows with cause and fix in %s; what is no message of an error, to %s%n%s",
                Project.name(PAGE), Project.name(OTHER), lines(missing)).isEmpty();
    }

    @Test
    void hasNoMessageThatIsGone() {
        List<String> gone = new ArrayList<>(entries());
        gone.addAll(others());
        gone.removeAll(messages.keySet());

        assertThat(gone).as("No source has these any more").isEmpty();
    }

    @Test
    void hasEachMessageOnce() {
        assertThat(entries()).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }

    @Test
    void eachRowHasCauseAndFix() {
        String page = Project.read(PAGE);
        long rows = Project.lines(PAGE).stream().filter("a|"::equals).count();

        assertThat(ROW.matcher(page).results().filter(row -> row.group(1).length() > 5 && row.group(2).length() > 5))
                .hasSize((int) rows);
    }

    private static List<String> entries() {
        return Project.lines(PAGE).stream().map(ENTRY::matcher).filter(Matcher::matches)
                .map(entry -> entry.group(1).replace("\\|", "|")).toList();
    }

    private static List<String> others() {
        return Project.lines(OTHER).stream().filter(line -> !line.startsWith("# Texts")).toList();
    }

    private String lines(TreeSet<String> missing) {
        return missing.stream()
                .map(message -> "* `+" + message.replace("|", "\\|") + "+`    (" + messages.get(message) + ")")
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
