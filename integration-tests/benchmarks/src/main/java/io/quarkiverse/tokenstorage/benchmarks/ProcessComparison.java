package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;

/** The same work done by starting the {@code sops} program, as applications without an implementation of their own do. */
final class ProcessComparison {

    private static final int RUNS = 60;

    private ProcessComparison() {
    }

    static List<String> run(Measurements measured) throws IOException {
        Optional<Path> sops = BenchmarkTable.programInPath("sops");
        List<String> page = new ArrayList<>(List.of("== Against the sops program", ""));
        if (sops.isEmpty()) {
            page.add("Not measured: there was no `sops` program.");
            return page;
        }
        try (Workspace workspace = Workspace.create(); CloseableTokenStorage storage = workspace.storage()) {
            storage.save("p", Workspace.token(0));
            SopsRuns runs = new SopsRuns(sops.get(), workspace, Map.of());
            List<Double> millis = ProcessTime.medianMillis(RUNS, runs.decrypt(), runs.encrypt());
            page.addAll(List.of(
                    "Medians of " + RUNS + " runs of the program, in turn; at least 100 times faster is the target.", "",
                    "[cols=\"3,2,2,1,1\"]", "|===", "|Operation |This library |sops as a process |Times faster |Target", ""));
            page.add(row("load, file changed", measured, "loadChanged", millis.get(0)));
            page.add(row("load again, file unchanged", measured, "loadUnchanged", millis.get(0)));
            page.add(row("save (sops: without fsync)", measured, "save", millis.get(1)));
            page.add("|===");
            page.add("");
        }
        return page;
    }

    private static String row(String title, Measurements measured, String benchmark, double millis) {
        double times = millis * 1000 / measured.micros("StorageBenchmark." + benchmark);
        return String.format(Locale.ROOT, "|%s |%s |%.1f ms |%.0f |≥ 100, %s", title,
                measured.time("StorageBenchmark." + benchmark),
                millis, times, BenchmarkTable.met(times >= 100));
    }
}
