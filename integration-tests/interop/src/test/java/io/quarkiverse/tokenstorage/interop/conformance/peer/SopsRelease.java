package io.quarkiverse.tokenstorage.interop.conformance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** The releases of the real sops that documents are exchanged with, and what is known to differ between them. */
public enum SopsRelease {

    V3_9_4("3.9.4", RealProgram.SOPS_3_9_4),
    V3_12_2("3.12.2", RealProgram.SOPS_3_12_2),
    V3_13_2("3.13.2", RealProgram.SOPS);

    private final String version;
    private final RealProgram program;

    SopsRelease(String version, RealProgram program) {
        this.version = version;
        this.program = program;
    }

    public String version() {
        return version;
    }

    /** The path of the program; where it is missing, or is of another version, the calling test is skipped or fails. */
    public Path required() {
        Path path = program.required();
        String printed = ProgramRun.of(List.of(path.toString(), "--version"),
                Map.of("HOME", "/", "SOPS_DISABLE_VERSION_CHECK", "1"), Path.of("/"), new byte[0]).text();
        if (!(printed.lines().findFirst().orElse("") + " ").startsWith("sops " + version + " ")) {
            throw program.skipped("is not of version " + version);
        }
        return path;
    }

    /** Whether it has what came with a version such as {@code 3.10.0}. */
    public boolean has(String since) {
        return Arrays.compare(numbers(version), numbers(since)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** Before, every number of a JSON document was a double. */
    public boolean hasExactIntegers() {
        return has("3.13.2");
    }

    /** What it printed, as later releases print it: up to 3.9 the final newline was missing. */
    public byte[] withFinalNewline(byte[] printed) {
        assertThat(printed[printed.length - 1] == '\n').as("sops %s ends its output with a newline", version)
                .isEqualTo(has("3.10.0"));
        if (has("3.10.0")) {
            return printed;
        }
        byte[] completed = Arrays.copyOf(printed, printed.length + 1);
        completed[printed.length] = '\n';
        return completed;
    }

    @Override
    public String toString() {
        return "sops " + version;
    }
}
