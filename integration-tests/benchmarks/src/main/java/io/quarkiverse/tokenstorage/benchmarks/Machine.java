package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The machine in words, without names or paths. */
final class Machine {

    private Machine() {
    }

    static String describe() throws IOException {
        String model = field(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
        String memory = field(Path.of("/proc/meminfo"), "MemTotal")
                .map(text -> String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(text.split(" ")[0]) / 1024.0 / 1024.0))
                .orElse("unknown");
        return model + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + memory + " of memory, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version").replaceAll("[^0-9.].*", "") + ", "
                + Files.getFileStore(Path.of("").toAbsolutePath()).type() + " file system, "
                + System.getProperty("java.vm.name")
                + " " + System.getProperty("java.runtime.version");
    }

    private static Optional<String> field(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }
}
