package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;

/** The option {@code -o}: a file, or standard output without it. */
final class DocumentOutput {

    private final String argument;
    private final Path workingDirectory;

    /** @param argument null for standard output */
    DocumentOutput(String argument, Path workingDirectory) {
        this.argument = argument;
        this.workingDirectory = workingDirectory;
    }

    void write(Terminal terminal, byte[] document) {
        if (argument == null || argument.equals("-")) {
            terminal.document(document);
        } else {
            new OutputFile(argument, workingDirectory).write(document);
        }
    }
}
