package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;

/** {@code auth status} as a command, from a directory that is not its own, in turn with the {@code sops} program. */
final class StartUpComparison {

    private static final int RUNS = 25;
    /** Half of what the Python tool with the same command line needs, which is 0.8 s at least. */
    private static final int JVM_TARGET_MILLIS = 400;
    private static final Path BUILT = Path.of("../cli/target").toAbsolutePath().normalize();

    private StartUpComparison() {
    }

    static List<String> run() throws IOException {
        List<String> page = new ArrayList<>(List.of("== Starting a command", ""));
        Optional<Path> sops = BenchmarkTable.programInPath("sops");
        Path launcher = BUILT.resolve("token-storage");
        if (sops.isEmpty() || !Files.isExecutable(launcher)) {
            page.add("Not measured: there was no " + (sops.isEmpty() ? "`sops` program" : "command line") + ".");
            return page;
        }
        try (Workspace workspace = Workspace.create()) {
            Path tokens = workspace.home().resolve(".config/kstlib/auth/tokens");
            try (CloseableTokenStorage storage = workspace.storage(tokens)) {
                storage.save("p", Workspace.token(0).toBuilder().expiresAt(null).build());
            }
            Map<String, String> environment = new HashMap<>(Map.of("HOME", workspace.home().toString(), "PATH",
                    System.getenv("PATH"), "SOPS_DISABLE_VERSION_CHECK", "1", "JAVA_HOME", System.getProperty("java.home")));
            List<ProcessTime> programs = new ArrayList<>();
            programs.add(new ProcessTime(environment, workspace.work(),
                    List.of(sops.get().toString(), "decrypt", tokens.resolve("p.token.sops.json").toString())));
            programs.add(status(environment, workspace, launcher));
            nativeExecutable().ifPresent(file -> programs.add(status(environment, workspace, file)));
            List<Double> millis = ProcessTime.medianMillis(RUNS, programs.toArray(ProcessTime[]::new));
            page.addAll(table(millis));
        }
        return page;
    }

    private static ProcessTime status(Map<String, String> environment, Workspace workspace, Path program) {
        return new ProcessTime(environment, workspace.work(), List.of(program.toString(), "auth", "status", "p"));
    }

    private static List<String> table(List<Double> millis) {
        List<String> table = new ArrayList<>(List.of("Medians of " + RUNS + " runs, in turn.", "", "[cols=\"3,2,2\"]", "|===",
                "|Command |Time |Target", "", row("`sops decrypt`", millis.get(0), ""),
                row("`auth status`, JVM", millis.get(1), "≤ " + JVM_TARGET_MILLIS + " ms, "
                        + BenchmarkTable.met(millis.get(1) <= JVM_TARGET_MILLIS))));
        if (millis.size() > 2) {
            table.add(row("`auth status`, native", millis.get(2),
                    "< `sops`, " + BenchmarkTable.met(millis.get(2) < millis.get(0))));
        }
        table.add("|===");
        if (millis.size() == 2) {
            table.addAll(List.of("",
                    "There was no native executable; `mvn -Dnative package -pl integration-tests/cli -am` makes one."));
        }
        return table;
    }

    private static String row(String command, double millis, String target) {
        return String.format(Locale.ROOT, "|%s |%.1f ms |%s", command, millis, target);
    }

    private static Optional<Path> nativeExecutable() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner")).filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
