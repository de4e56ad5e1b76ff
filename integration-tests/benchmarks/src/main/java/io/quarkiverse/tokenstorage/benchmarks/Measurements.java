package io.quarkiverse.tokenstorage.benchmarks;

import java.util.Collection;
import java.util.Locale;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results of a run, by the end of the benchmark's name: {@code StorageBenchmark.save}. */
final class Measurements {

    private final Collection<RunResult> results;

    Measurements(Collection<RunResult> results) {
        this.results = results;
    }

    double micros(String benchmark) {
        return of(benchmark).getPrimaryResult().getScore();
    }

    /** Time and half of the confidence interval of 99.9 %, in microseconds. */
    String time(String benchmark) {
        return time(of(benchmark));
    }

    /** The same, of a benchmark with a parameter. */
    String time(String benchmark, String parameter, String value) {
        return time(results.stream().filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark)
                && value.equals(result.getParams().getParam(parameter))).findFirst().orElseThrow());
    }

    private static String time(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        return String.format(Locale.ROOT, "%,.1f ± %,.1f µs", result.getScore(), result.getScoreError());
    }

    /** Bytes for each operation. */
    double allocated(String benchmark) {
        return of(benchmark).getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm")).findFirst().orElseThrow().getValue().getScore();
    }

    private RunResult of(String benchmark) {
        return results.stream().filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No result of " + benchmark));
    }
}
