package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Java is copied from a source file that is compiled and tested: the lines of the snippet stand there, in this order and with
 * nothing between them but blank lines, which an include makes certain and a copy, as in the README, has to keep. A line
 * {@code // …} stands for any number of lines.
 */
final class JavaCheck implements Consumer<Snippet> {

    static final String GAP = "// …";

    private final List<List<String>> sources = Stream.of("integration-tests/docs/src", "integration-tests/cli/src",
            "integration-tests/service/src", "runtime/src/main/codestarts")
            .flatMap(directory -> Project.files(Project.ROOT.resolve(directory), ".java").stream())
            .map(JavaCheck::significant).toList();

    @Override
    public void accept(Snippet snippet) {
        List<List<String>> parts = parts(snippet.lines());
        assertThat(sources.stream().anyMatch(source -> holds(source, parts)))
                .as("%s: stands in a file that is compiled; copy it from integration-tests/docs/src, or put it there with a test",
                        snippet)
                .isTrue();
    }

    private static boolean holds(List<String> source, List<List<String>> parts) {
        int from = 0;
        for (List<String> part : parts) {
            int found = Collections.indexOfSubList(source.subList(from, source.size()), part);
            if (found < 0) {
                return false;
            }
            from += found + part.size();
        }
        return true;
    }

    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        for (String line : lines) {
            if (line.strip().equals(GAP)) {
                parts.add(new ArrayList<>());
            } else if (!line.isBlank()) {
                parts.get(parts.size() - 1).add(line.strip());
            }
        }
        return parts;
    }

    private static List<String> significant(Path file) {
        return Project.lines(file).stream().map(String::strip).filter(line -> !line.isEmpty() && !Example.isTag(line))
                .toList();
    }
}
