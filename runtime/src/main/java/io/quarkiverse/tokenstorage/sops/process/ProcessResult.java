package io.quarkiverse.tokenstorage.sops.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** What a child process left behind when it had ended by itself. Closing zeroes its output. */
public final class ProcessResult implements AutoCloseable {

    private static final int LONGEST_LINE = 500;

    private final int exitCode;
    private final byte[] output;
    private final List<String> errorLines;

    ProcessResult(int exitCode, byte[] output, List<String> errorLines) {
        this.exitCode = exitCode;
        this.output = output;
        this.errorLines = errorLines;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Its standard output: the bytes themselves, not a copy. */
    public byte[] output() {
        return output;
    }

    /**
     * The lines of its standard error that are not blank, made fit for messages; the first 64 KiB of them. Whether a program
     * tells secrets there is for the caller to know.
     */
    public List<String> errorLines() {
        return errorLines;
    }

    static List<String> lines(byte[] errorOutput) {
        return new String(errorOutput, StandardCharsets.UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty())
                .map(line -> PrintableText.of(line, LONGEST_LINE)).toList();
    }

    @Override
    public void close() {
        Arrays.fill(output, (byte) 0);
    }

    @Override
    public String toString() {
        return "ProcessResult[exitCode=" + exitCode + "]";
    }
}
