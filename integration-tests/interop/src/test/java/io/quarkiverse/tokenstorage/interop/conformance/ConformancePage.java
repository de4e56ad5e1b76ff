package io.quarkiverse.tokenstorage.interop.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.interop.conformance.ConformanceResults.Cell;
import io.quarkiverse.tokenstorage.interop.conformance.form.ForeignForm;
import io.quarkiverse.tokenstorage.interop.conformance.form.OldForm;
import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCase;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.value.Outcome;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueCase;

/** The page of the documentation that shows {@link ConformanceResults}: written by a run, and held against the next ones. */
final class ConformancePage {

    static final String NOT_RUN = "not run";

    private static final List<String> RELEASES = Arrays.stream(SopsRelease.values()).map(SopsRelease::version).toList();

    private record Table(String title, String corner, List<String> rows, List<String> columns) {
    }

    private final List<KeyCase> keys;

    ConformancePage(List<KeyCase> keys) {
        this.keys = keys;
    }

    private Table keysTable() {
        return new Table(ConformanceResults.KEYS, "Keys", keys.stream().map(KeyCase::title).toList(), RELEASES);
    }

    private static List<Table> valuesTables() {
        return Arrays.stream(SopsRelease.values()).map(release -> new Table(ConformanceResults.valuesTable(release), "Value",
                Arrays.stream(ValueCase.values()).map(ValueCase::title).toList(),
                Arrays.stream(SelectorCase.values()).map(SelectorCase::title).toList())).toList();
    }

    private static Table changesTable() {
        return new Table(ConformanceResults.CHANGES, "Document",
                Arrays.stream(FileChange.values()).map(FileChange::title).toList(), RELEASES);
    }

    private static Table formsTable() {
        return new Table(ConformanceResults.FORMS, "Made of",
                Stream.concat(Arrays.stream(ForeignForm.values()).map(ForeignForm::title),
                        Stream.of(ConformanceResults.BINARY_UNDER_SELECTOR)).toList(),
                RELEASES);
    }

    private static Table oldFormsTable() {
        return new Table(ConformanceResults.OLD_FORMS, "Form",
                Stream.concat(Arrays.stream(OldForm.values()).map(OldForm::title),
                        Stream.of(ConformanceResults.OLD_KMS_CONTEXT)).toList(),
                Stream.concat(RELEASES.stream(), Stream.of(ConformanceResults.THIS_LIBRARY)).toList());
    }

    /** Every cell that the page must have, with what stands in it as long as nothing was run. */
    Map<Cell, String> emptyCells() {
        Map<Cell, String> cells = new LinkedHashMap<>();
        Stream.concat(valuesTables().stream(), Stream.of(keysTable(), changesTable(), formsTable(), oldFormsTable()))
                .forEach(table -> table.rows().forEach(row -> table.columns()
                        .forEach(column -> cells.put(new Cell(table.title(), row, column), NOT_RUN))));
        return cells;
    }

    /** @param figures what differs from run to run */
    List<String> write(Map<Cell, String> cells, List<String> figures) {
        List<String> page = new ArrayList<>(List.of("= Conformance", "",
                "// Written by integration-tests/interop/conformance; do not edit", "",
                "Documents exchanged with real releases of `sops`, in both directions: what one side writes, the other reads, and both",
                "print the same to the byte. Reading includes the check of the message authentication code.", "",
                "Every test run makes these exchanges anew and fails if a cell of this page does not hold any more;",
                "`integration-tests/interop/conformance` writes the page anew.", ""));
        page.addAll(figures);
        page.addAll(List.of(
                "What the releases write differs: before 3.10.0 they write `null` for kinds without keys and end neither",
                "documents nor output with a newline; before 3.13.0 the metadata is not sorted; before 3.13.2 every number is a",
                "floating-point number. This library writes what 3.13.2 writes.", "", "== Kinds of keys", "",
                "All kinds of values under all selectors, encrypted and in clear, with and without `mac_only_encrypted`.", ""));
        add(page, keysTable(), cells);
        keys.stream().map(KeyCase::remark).filter(remark -> !remark.isEmpty()).distinct()
                .forEach(remark -> page.addAll(List.of(remark, "")));
        page.addAll(List.of("== Values", "", "Under every kind of keys that the release knows.", ""));
        for (Outcome outcome : Outcome.values()) {
            page.add(outcome.mark() + ":: " + outcome.explanation());
        }
        page.addAll(List.of("",
                "A number that one of the two refuses was exchanged in a document of its own, under an X25519 key.", ""));
        valuesTables().forEach(table -> add(page, table, cells));
        page.addAll(
                List.of("== Changes", "", "A document of one side, changed by the other, then read by both; under every kind"
                        + " of keys.", ""));
        add(page, changesTable(), cells);
        page.addAll(List.of("== Other formats", "", "JSON that sops makes of what was not JSON, read by this library.", ""));
        add(page, formsTable(), cells);
        page.addAll(List.of("== Other writers", "", "Forms of releases that are not among these, put together without any SOPS"
                + " from the data key of a real document, or from a real entry of AWS KMS.", ""));
        add(page, oldFormsTable(), cells);
        return page;
    }

    private static void add(List<String> page, Table table, Map<Cell, String> cells) {
        page.addAll(List.of("." + table.title(), "[cols=\"3" + ",1".repeat(table.columns().size()) + "\"]", "|===",
                "|" + table.corner() + " |" + String.join(" |", table.columns()), ""));
        for (String row : table.rows()) {
            page.add("|" + row + " |" + table.columns().stream()
                    .map(column -> cells.getOrDefault(new Cell(table.title(), row, column), NOT_RUN))
                    .collect(Collectors.joining(" |")));
        }
        page.addAll(List.of("|===", ""));
    }

    /** The cells of all tables of a page. */
    static Map<Cell, String> read(List<String> page) {
        Map<Cell, String> cells = new LinkedHashMap<>();
        String table = "";
        List<String> header = List.of();
        for (String line : page) {
            if (line.startsWith(".")) {
                table = line.substring(1);
                header = List.of();
            } else if (line.startsWith("|") && !line.equals("|===")) {
                List<String> parts = Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
                if (header.isEmpty()) {
                    header = parts;
                } else {
                    for (int i = 1; i < parts.size(); i++) {
                        cells.put(new Cell(table, parts.get(0), header.get(i)), parts.get(i));
                    }
                }
            }
        }
        return cells;
    }
}
