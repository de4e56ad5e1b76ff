package io.quarkiverse.tokenstorage.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** A writer that knows its encoding, and does not forget that the stream below failed. */
final class EncodedWriter extends PrintWriter {

    private final PrintStream stream;
    private final Charset charset;

    EncodedWriter(PrintStream stream, Charset charset) {
        super(new OutputStreamWriter(stream, charset), true);
        this.stream = stream;
        this.charset = charset;
    }

    Charset charset() {
        return charset;
    }

    @Override
    public boolean checkError() {
        return super.checkError() | stream.checkError();
    }
}
