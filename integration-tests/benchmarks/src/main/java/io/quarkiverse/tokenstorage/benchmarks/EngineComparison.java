package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** What the engine that runs sops costs, beside a bare run of sops and the engine inside the process. */
final class EngineComparison {

    private static final int RUNS = 40;
    private static final int WARM_UP = 5;

    private EngineComparison() {
    }

    static List<String> run() throws IOException {
        Optional<Path> sops = BenchmarkTable.programInPath("sops");
        List<String> page = new ArrayList<>(List.of("== The engine that runs sops", ""));
        if (sops.isEmpty()) {
            page.add("Not measured: there was no `sops` program.");
            page.add("");
            return page;
        }
        try (Workspace workspace = Workspace.create();
                CloseableTokenStorage builtIn = workspace.storage();
                CloseableTokenStorage program = TokenStorages.sops(workspace.tokens(),
                        workspace.options().withSopsExecutable(sops.get().toString()))) {
            builtIn.save("p", Workspace.token(0));
            ProcessTime decrypt = new ProcessTime(Map.of("HOME", workspace.home().toString(), "PATH", System.getenv("PATH"),
                    "SOPS_DISABLE_VERSION_CHECK", "1"), workspace.work(),
                    List.of(sops.get().toString(), "decrypt", workspace.file("p").toString()));
            List<Double> bare = new ArrayList<>();
            List<List<Double>> operations = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                    new ArrayList<>(), new ArrayList<>());
            for (int run = -WARM_UP; run < RUNS; run++) {
                AuthToken next = Workspace.token(run);
                List<Double> times = new ArrayList<>();
                // In turn, so that a slow moment of the machine meets all
                bare.add(millis(decrypt::output));
                for (CloseableTokenStorage storage : List.of(builtIn, program)) {
                    times.add(millis(() -> storage.load("p")));
                    times.add(millis(() -> storage.save("p", next)));
                    times.add(millis(
                            () -> storage.update("p", token -> token.map(old -> old.toBuilder().tokenType("x").build()))));
                }
                for (int i = 0; run >= 0 && i < times.size(); i++) {
                    operations.get(i).add(times.get(i));
                }
            }
            page.addAll(List.of("Medians of " + RUNS + " runs, in turn. A bare run of `sops decrypt` takes "
                    + String.format(Locale.ROOT, "%.1f ms", median(bare)) + ".", "", "[cols=\"2,1,2,2\"]", "|===",
                    "|Operation |Runs of sops |Executable |Built in", ""));
            page.add(row("load", 1, operations.get(3), operations.get(0)));
            page.add(row("save", 1, operations.get(4), operations.get(1)));
            page.add(row("update that changes", 3, operations.get(5), operations.get(2)));
            page.addAll(List.of("|===", ""));
        }
        return page;
    }

    private interface Operation {
        void run() throws IOException;
    }

    private static double millis(Operation operation) throws IOException {
        long start = System.nanoTime();
        operation.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static String row(String title, int runs, List<Double> program, List<Double> builtIn) {
        return String.format(Locale.ROOT, "|%s |%d |%.1f ms |%.2f ms", title, runs, median(program), median(builtIn));
    }
}
