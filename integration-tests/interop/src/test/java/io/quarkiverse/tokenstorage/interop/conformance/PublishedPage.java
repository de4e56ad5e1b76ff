package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.tokenstorage.interop.conformance.ConformanceResults.Cell;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;

/** The file of the documentation that the results of a run are held against, or that is written anew. */
final class PublishedPage {

    /** Where a run is to write the page instead of checking it. */
    static final String TARGET_PROPERTY = "conformance.page";

    private static final Path FILE = Path.of(System.getProperty("basedir", "."),
            "../../docs/modules/ROOT/pages/conformance.adoc");

    private final ConformancePage page;

    PublishedPage(ConformancePage page) {
        this.page = page;
    }

    void assertHasAllCells() throws IOException {
        assertThat(ConformancePage.read(Files.readAllLines(FILE)).keySet()).isEqualTo(page.emptyCells().keySet());
    }

    /** What was run holds; nothing is said of what was skipped because a program is missing. */
    void assertHolds(ConformanceResults results) throws IOException {
        Map<Cell, String> published = ConformancePage.read(Files.readAllLines(FILE));
        List<String> differences = results.cells().entrySet().stream()
                .filter(now -> !now.getValue().equals(published.get(now.getKey())))
                .map(now -> now.getKey() + " is '" + now.getValue() + "' and not '" + published.get(now.getKey()) + "'")
                .toList();
        assertThat(differences).as("what is not as %s says", FILE.normalize()).isEmpty();
    }

    /** @param seed what the random documents were made of */
    void write(Path target, ConformanceResults results, long seed) throws IOException {
        Map<Cell, String> cells = results.cells();
        Files.write(target, page.write(cells, figures(results, seed)));
        assertThat(cells.keySet()).isEqualTo(page.emptyCells().keySet());
    }

    private static List<String> figures(ConformanceResults results, long seed) {
        List<String> figures = new ArrayList<>(List.of("Run on " + LocalDate.now(ZoneOffset.UTC) + " with Java "
                + System.getProperty("java.version") + "; seed of the random documents " + seed + ". Documents exchanged:",
                ""));
        for (SopsRelease release : SopsRelease.values()) {
            figures.add("* " + release + ": " + results.documents(release));
        }
        figures.addAll(
                List.of("", String.format(Locale.ROOT, "In them %,d values were looked at one by one.", results.values()),
                        ""));
        return figures;
    }
}
