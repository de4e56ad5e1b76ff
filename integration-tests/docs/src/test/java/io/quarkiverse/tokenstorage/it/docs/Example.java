package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code include::example$…[tag=…]} puts into a page. */
final class Example {

    private static final Pattern INCLUDE = Pattern.compile("include::example\\$([^\\[]+)\\[([^]]*)]");
    private static final Pattern TAG = Pattern.compile("tags?=([\\w-]+)");
    private static final Pattern TAG_LINE = Pattern.compile(".*\\b(tag|end)::[\\w-]+\\[].*");

    private Example() {
    }

    /** The lines, with those of the examples in place of the includes; a gap between regions of one tag. */
    static List<String> included(List<String> lines) {
        List<String> result = new ArrayList<>();
        for (String line : lines) {
            Matcher include = INCLUDE.matcher(line);
            if (include.matches()) {
                result.addAll(lines(Project.EXAMPLES.resolve(include.group(1)), include.group(2)));
            } else {
                result.add(line);
            }
        }
        return result;
    }

    static boolean isTag(String line) {
        return TAG_LINE.matcher(line).matches();
    }

    private static List<String> lines(Path file, String attributes) {
        List<String> lines = Project.lines(file);
        Matcher tag = TAG.matcher(attributes);
        if (tag.find()) {
            List<String> tagged = between(lines, "tag::" + tag.group(1) + "[]", "end::" + tag.group(1) + "[]");
            assertThat(tagged).as("%s has the tag %s", file, tag.group(1)).isNotEmpty();
            lines = tagged;
        }
        return lines.stream().filter(line -> !isTag(line)).toList();
    }

    private static List<String> between(List<String> lines, String start, String end) {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.contains(end)) {
                inside = false;
            }
            if (inside) {
                found.add(line);
            }
            if (line.contains(start)) {
                inside = true;
                if (!found.isEmpty()) {
                    found.add(JavaCheck.GAP);
                }
            }
        }
        return found;
    }
}
