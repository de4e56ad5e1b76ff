package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a program takes from its start to its end. */
record ProcessTime(Map<String, String> environment, Path directory, List<String> command) implements Work {

    private static final int WARM_UP = 5;

    /** The medians, in the order of what is done; it is done in turn, so that a slow moment of the machine meets all. */
    static List<Double> medianMillis(int runs, Work... works) throws IOException {
        List<List<Double>> times = new ArrayList<>();
        for (int i = 0; i < works.length; i++) {
            times.add(new ArrayList<>());
        }
        for (int run = -WARM_UP; run < runs; run++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                works[i].run();
                if (run >= 0) {
                    times.get(i).add((System.nanoTime() - start) / 1e6);
                }
            }
        }
        return times.stream().map(list -> list.stream().sorted().toList().get(list.size() / 2)).toList();
    }

    @Override
    public void run() throws IOException {
        output();
    }

    byte[] output() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.get(0), e);
        }
        return output;
    }
}
