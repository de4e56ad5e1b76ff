package io.quarkiverse.tokenstorage.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

import picocli.CommandLine;

/**
 * Where a command speaks: results to standard output, talk and errors to standard error, both through the writers of its
 * {@code CommandLine} so that an application can redirect them. Control characters are shown, not sent: some of the text
 * was written by a server, and a terminal would obey it.
 */
final class Terminal {

    private final CommandLine commandLine;

    Terminal(CommandLine commandLine) {
        this.commandLine = commandLine;
    }

    /** A line of the result. */
    void result(String line) {
        commandLine.getOut().println(harmless(line));
    }

    /** A line of the result that says how something turned out. */
    void result(Mark mark, String line) {
        print(commandLine.getOut(), mark, line);
    }

    /** The result exactly as it is, and a line break. */
    void exactResult(String text) {
        commandLine.getOut().println(text);
    }

    /** A result that is a document. Bypasses the writer, whose encoding could change it. */
    void document(byte[] content) {
        commandLine.getOut().flush();
        System.out.write(content, 0, content.length);
        System.out.flush();
    }

    /** A line of talk for the person at the terminal. */
    void say(String line) {
        commandLine.getErr().println(harmless(line));
    }

    void say(Mark mark, String line) {
        print(commandLine.getErr(), mark, line);
    }

    void warn(String line) {
        label(Mark.WARNING, "Warning: ", line);
    }

    void error(String line) {
        label(Mark.FAILURE, "Error: ", line);
    }

    /** @throws CommandFailure if the result did not get out, as on a full disk */
    void requireWritten() {
        PrintStream standardOutput = System.out;
        if (commandLine.getOut().checkError() || standardOutput.checkError()) {
            throw new CommandFailure(ExitCode.ERROR, "Could not write the result to standard output");
        }
    }

    private void print(PrintWriter writer, Mark mark, String line) {
        writer.println(coloured(mark, mark.in(charset(writer))) + " " + harmless(line));
    }

    private void label(Mark mark, String label, String line) {
        commandLine.getErr().println(coloured(mark, label) + harmless(line));
    }

    private static Charset charset(PrintWriter writer) {
        return writer instanceof EncodedWriter encoded ? encoded.charset() : Charset.defaultCharset();
    }

    private String coloured(Mark mark, String text) {
        return commandLine.getColorScheme().ansi().enabled() ? mark.coloured(text) : text;
    }

    static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE ->
                    shown
                            .append(String.format("\\u%04x", character));
                default -> shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }
}
