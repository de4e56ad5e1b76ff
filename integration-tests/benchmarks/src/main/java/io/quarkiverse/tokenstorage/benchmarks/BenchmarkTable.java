package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and writes the page of the documentation that shows them: {@code BenchmarkTable PAGE}. System
 * properties {@code benchmarks.forks} (2), {@code benchmarks.iterations} (5) and {@code benchmarks.seconds} (2) make a run
 * shorter or longer.
 */
public final class BenchmarkTable {

    private BenchmarkTable() {
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: BenchmarkTable PAGE");
            System.exit(1);
        }
        List<String> page = new ArrayList<>();
        List<RunResult> results = new ArrayList<>(new Runner(options()).run());
        results.addAll(new Runner(kindOptions()).run());
        Measurements measured = new Measurements(results);
        int fileSize = fileSize();
        page.addAll(heading(fileSize));
        page.addAll(operations(measured, fileSize));
        page.addAll(x25519(measured));
        page.addAll(ProcessComparison.run(measured));
        page.addAll(EngineComparison.run());
        page.addAll(KeyKindComparison.run(measured));
        page.addAll(PgpComparison.run());
        page.addAll(StartUpComparison.run());
        Files.write(Path.of(arguments[0]), page);
    }

    private static Options options() {
        int iterations = Integer.getInteger("benchmarks.iterations", 5);
        TimeValue time = TimeValue.seconds(Long.getLong("benchmarks.seconds", 2));
        return new OptionsBuilder().include("\\.benchmarks\\.(Primitives|Storage|X25519)Benchmark\\.")
                .addProfiler(GCProfiler.class)
                .forks(Integer.getInteger("benchmarks.forks", 2)).warmupIterations(iterations).warmupTime(time)
                .measurementIterations(iterations).measurementTime(time).shouldFailOnError(true).build();
    }

    /** Shorter, for there are four kinds. */
    private static Options kindOptions() {
        int iterations = Integer.getInteger("benchmarks.iterations", 5);
        return new OptionsBuilder().include("\\.benchmarks\\.AgeKindBenchmark\\.").forks(1).warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1)).measurementIterations(iterations).measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true).build();
    }

    private static int fileSize() throws IOException {
        try (Workspace workspace = Workspace.create(); var storage = workspace.storage()) {
            storage.save("p", Workspace.token(0));
            return (int) Files.size(workspace.file("p"));
        }
    }

    private static List<String> heading(int fileSize) throws IOException {
        return List.of("= Benchmarks", "", "// Written by integration-tests/benchmarks/run; do not edit", "",
                "Loads and saves of the `sops` backend with one age recipient, next to what they cannot do without: the bare",
                "cryptography and file operations of the same sizes, in the fastest implementation at hand, measured in the same run.",
                String.format(Locale.ROOT,
                        "The token is a typical one (access and ID token of about a kilobyte each); its file has %,d bytes.",
                        fileSize),
                "`integration-tests/benchmarks/run` makes this page anew.", "",
                "Measured on " + LocalDate.now(ZoneOffset.UTC) + ": "
                        + Machine.describe() + ".",
                "");
    }

    private static List<String> operations(Measurements measured, int fileSize) {
        List<String> page = new ArrayList<>(List.of("== Operations", "", "[cols=\"3,2,2,1,1,2,2\"]", "|===",
                "|Operation |Time |Bare primitives |Ratio |Target |Allocated |Beyond primitives, in file sizes", ""));
        page.add(row("load, file changed", measured, "loadChanged", 1.25, fileSize));
        page.add(row("load again, file unchanged", measured, "loadUnchanged", 1.5, fileSize));
        page.add(row("save", measured, "save", 1.25, fileSize));
        page.add("|===");
        page.add("");
        page.add(
                "The primitives of a load of a changed file: read, one X25519 agreement, HKDF, ChaCha20-Poly1305, AES-GCM. Of an");
        page.add(
                "unchanged file: read, AES-GCM, SHA-512, JSON parsing. Of a save: X25519 key and agreement, HKDF, ChaCha20-Poly1305,");
        page.add("AES-GCM, write, fsync, rename, fsync of the directory; the file operations alone take "
                + measured.time("PrimitivesBenchmark.replace") + ".");
        page.add("Allocation beyond the primitives' own is to be at most 4 file sizes.");
        page.add("");
        return page;
    }

    private static String row(String title, Measurements measured, String benchmark, double target, int fileSize) {
        String own = "StorageBenchmark." + benchmark;
        String bare = "PrimitivesBenchmark." + benchmark;
        double ratio = measured.micros(own) / measured.micros(bare);
        double beyond = (measured.allocated(own) - measured.allocated(bare)) / fileSize;
        return String.format(Locale.ROOT, "|%s |%s |%s |%.2f |≤ %s, %s |%,.0f bytes |%.1f, %s", title, measured.time(own),
                measured.time(bare), ratio, target, met(ratio <= target), measured.allocated(own), beyond, met(beyond <= 4));
    }

    private static List<String> x25519(Measurements measured) {
        return List.of("== X25519", "", "One agreement decides the time of a load. The primitives above use BouncyCastle.", "",
                "[cols=\"3,2\"]", "|===", "|Implementation |Time", "",
                "|BouncyCastle, lightweight |" + measured.time("X25519Benchmark.bouncyCastle"),
                "|JDK |" + measured.time("X25519Benchmark.jdk"), "|===", "");
    }

    static String met(boolean met) {
        return met ? "met" : "*missed*";
    }

    static Optional<Path> programInPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable).findFirst();
    }
}
