package io.quarkiverse.tokenstorage.sops.process;

import java.io.IOException;
import java.util.List;

/** A child process that could not be started, or was killed before it had finished. The message is for people. */
public final class ProcessFailureException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, where callers answer differently. */
    public enum Reason {
        NOT_STARTED,
        TIMED_OUT,
        TOO_MUCH_OUTPUT,
        INTERRUPTED
    }

    private final Reason reason;
    private final transient List<String> errorLines;

    ProcessFailureException(Reason reason, String message, List<String> errorLines) {
        super(message);
        this.reason = reason;
        this.errorLines = errorLines;
    }

    public Reason reason() {
        return reason;
    }

    /** What it had written to its standard error until then, as {@link ProcessResult#errorLines}. */
    public List<String> errorLines() {
        return errorLines == null ? List.of() : errorLines;
    }
}
