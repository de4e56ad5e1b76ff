package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;

/** Every kind of age key: in this process, bare, and by starting the {@code sops} program. */
final class KeyKindComparison {

    private static final int RUNS = 20;

    private KeyKindComparison() {
    }

    static List<String> run(Measurements measured) throws IOException {
        Optional<Path> sops = BenchmarkTable.programInPath("sops");
        List<String> page = new ArrayList<>(List.of("== By kind of age key", "",
                "A load unwraps the data key (nothing is cached), a save wraps a new one and makes the file durable. Beside them",
                "the asymmetric operations alone, and the program, which does not wait for the disk.", "",
                "[cols=\"3,2,2,1,2,2,1\"]", "|===",
                "|Key |Load |Bare private-key operation |`sops decrypt` |Save |Bare public-key operation |`sops encrypt`", ""));
        for (AgeKind kind : AgeKind.values()) {
            List<String> program = sops.isPresent() ? program(sops.get(), kind) : List.of("–", "–");
            page.add("|" + String.join(" |", kind.title(), time(measured, "load", kind), time(measured, "bareUnwrap", kind),
                    program.get(0), time(measured, "save", kind), time(measured, "bareWrap", kind), program.get(1)));
        }
        page.add("|===");
        page.add("");
        return page;
    }

    private static String time(Measurements measured, String benchmark, AgeKind kind) {
        return measured.time("AgeKindBenchmark." + benchmark, "kind", kind.name());
    }

    private static List<String> program(Path sops, AgeKind kind) throws IOException {
        try (Workspace workspace = Workspace.create(kind); CloseableTokenStorage storage = workspace.storage()) {
            storage.save("p", Workspace.token(0));
            SopsRuns runs = new SopsRuns(sops, workspace, Map.of());
            return ProcessTime.medianMillis(RUNS, runs.decrypt(), runs.encrypt()).stream()
                    .map(millis -> String.format(Locale.ROOT, "%.1f ms", millis)).toList();
        }
    }
}
