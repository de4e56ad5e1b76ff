package io.quarkiverse.tokenstorage.it.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the listings of a page in AsciiDoc or Markdown, also those that forgot to say what they are. */
final class SnippetReader {

    private static final Pattern FENCE = Pattern.compile("\\s*(```+|~~~+)\\s*([\\w-]*)\\s*");
    private static final Pattern DELIMITER = Pattern.compile("(-{4,}|\\.{4,}|`{3,})");
    private static final Pattern FENCED_LANGUAGE = Pattern.compile("```(\\w+)");
    private static final Pattern SOURCE = Pattern.compile("\\[(?:source)?(?:%\\w+)*,\\s*([\\w-]+).*]");
    private static final Pattern LIST_ITEM = Pattern.compile("\\s*([*.\\-+]+|\\d+\\.)\\s.*");

    private SnippetReader() {
    }

    static List<Snippet> read(Path file) {
        return file.toString().endsWith(".md") ? markdown(file) : asciidoc(file);
    }

    private static List<Snippet> markdown(Path file) {
        List<String> lines = Project.lines(file);
        List<Snippet> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).strip().equals(fence.group(1))) {
                    end++;
                }
                found.add(new Snippet(file, i + 2, fence.group(2), lines.subList(i + 1, end)));
                i = end;
            } else if (isIndentedListing(lines, i, "    ")) {
                found.add(new Snippet(file, i + 1, "", List.of(lines.get(i))));
            }
        }
        return found;
    }

    private static List<Snippet> asciidoc(Path file) {
        List<String> lines = Project.lines(file);
        List<Snippet> found = new ArrayList<>();
        String language = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher source = SOURCE.matcher(line);
            Matcher fenced = FENCED_LANGUAGE.matcher(line);
            if (source.matches()) {
                language = source.group(1);
            } else if (line.equals("////")) {
                i = end(lines, i, "////");
            } else if (DELIMITER.matcher(line).matches() || fenced.matches()) {
                String delimiter = fenced.matches() ? "```" : line;
                int end = end(lines, i, delimiter);
                found.add(new Snippet(file, i + 2, fenced.matches() ? fenced.group(1) : language,
                        Example.included(lines.subList(i + 1, end))));
                language = "";
                i = end;
            } else if (isIndentedListing(lines, i, " ")) {
                found.add(new Snippet(file, i + 1, "", List.of(line)));
            } else if (!line.startsWith(".") && !line.startsWith("[")) {
                language = "";
            }
        }
        return found;
    }

    private static int end(List<String> lines, int start, String delimiter) {
        int end = start + 1;
        while (!lines.get(end).equals(delimiter)) {
            end++;
        }
        return end;
    }

    /** Both languages take an indented paragraph for a listing. */
    private static boolean isIndentedListing(List<String> lines, int i, String indent) {
        return lines.get(i).startsWith(indent) && i > 0 && lines.get(i - 1).isBlank() && !lines.get(i).isBlank()
                && !LIST_ITEM.matcher(lines.get(i)).matches();
    }
}
