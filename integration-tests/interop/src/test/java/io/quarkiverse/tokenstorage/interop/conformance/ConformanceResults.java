package io.quarkiverse.tokenstorage.interop.conformance;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.interop.conformance.form.OldForm;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.value.Outcome;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueCase;

/** What the exchanges of one run have shown. Thread-safe. */
final class ConformanceResults {

    /** A cell of a table of the page. */
    record Cell(String table, String row, String column) {
    }

    /** The table of key kinds by releases. */
    static final String KEYS = "Kinds of keys";
    static final String CHANGES = "Changed documents";
    static final String FORMS = "Documents that were not JSON";
    static final String OLD_FORMS = "Forms of older writers";
    /** A row of that table which is no {@link OldForm}. */
    static final String OLD_KMS_CONTEXT = "AWS KMS, one value under all names of the context (up to 3.2)";
    static final String BINARY_UNDER_SELECTOR = "binary, under a selector";
    /** The column of a table that also shows what this library does. */
    static final String THIS_LIBRARY = "this library";
    static final String SAME = Outcome.SAME.mark();
    static final String UNKNOWN = "not in this version";

    private final Map<Cell, Set<Outcome>> values = new ConcurrentHashMap<>();
    private final Map<Cell, String> others = new ConcurrentHashMap<>();
    private final Map<SopsRelease, AtomicInteger> documents = new ConcurrentHashMap<>();
    private final AtomicInteger exchangedValues = new AtomicInteger();

    /** The table of values by selectors. */
    static String valuesTable(SopsRelease release) {
        return "Values exchanged with " + release;
    }

    void value(SopsRelease release, ValueCase value, SelectorCase selector, Outcome outcome) {
        exchangedValues.incrementAndGet();
        values.computeIfAbsent(new Cell(valuesTable(release), value.title(), selector.title()),
                cell -> ConcurrentHashMap.newKeySet())
                .add(outcome);
    }

    /** @throws AssertionError if another run of the same cell had another result */
    void cell(String table, String row, String column, String text) {
        String before = others.putIfAbsent(new Cell(table, row, column), text);
        if (before != null && !before.equals(text)) {
            throw new AssertionError(table + ", " + row + ", " + column + ": both '" + before + "' and '" + text + "'");
        }
    }

    /** Counts documents that were written by one side and given to the other. */
    void exchanged(SopsRelease release, int count) {
        documents.computeIfAbsent(release, any -> new AtomicInteger()).addAndGet(count);
    }

    int documents(SopsRelease release) {
        return documents.getOrDefault(release, new AtomicInteger()).get();
    }

    /** How many outcomes for single values there were. */
    int values() {
        return exchangedValues.get();
    }

    Map<Cell, String> cells() {
        Map<Cell, String> cells = new ConcurrentHashMap<>(others);
        values.forEach((cell, outcomes) -> cells.put(cell,
                EnumSet.copyOf(outcomes).stream().map(Outcome::mark).collect(Collectors.joining(" "))));
        return cells;
    }
}
